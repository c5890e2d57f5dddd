package dev.steward.config;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One key of a section: a record's component with what its annotations say. */
record Property(String key, Type type, AnnotatedElement annotations) {
    /** The keys of a section, in the record's order. */
    static List<Property> of(Class<?> section) {
        var properties = new ArrayList<Property>();
        for (RecordComponent component : section.getRecordComponents()) {
            properties.add(new Property(key(component), component.getGenericType(), component));
        }
        return List.copyOf(properties);
    }

    private static String key(RecordComponent component) {
        var key = component.getAnnotation(Key.class);
        return key != null
                ? key.value()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    String doc() {
        var doc = annotations.getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
    }

    boolean required() {
        return annotations.isAnnotationPresent(Required.class);
    }

    /** As YAML; empty text if there is no fixed default. */
    String defaultYaml() {
        var given = annotations.getAnnotation(Default.class);
        return given == null ? "" : given.value();
    }

    String otherwise() {
        var words = annotations.getAnnotation(Otherwise.class);
        return words == null ? "" : words.value();
    }

    String example() {
        var required = annotations.getAnnotation(Required.class);
        return required == null ? "" : required.value();
    }
}
