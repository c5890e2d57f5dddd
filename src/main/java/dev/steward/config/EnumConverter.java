package dev.steward.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of an enum: a constant {@code ON_FAILURE} is written {@code on-failure}. */
final class EnumConverter {
    private EnumConverter() {}

    static Converter<Enum<?>> of(Class<?> type) {
        var words = new LinkedHashMap<String, Enum<?>>();
        var later = new LinkedHashMap<String, Later>();
        for (var each : type.getEnumConstants()) {
            var constant = (Enum<?>) each;
            var word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            var mark = laterMark(type, constant);
            if (mark.isEmpty()) {
                words.put(word, constant);
            } else {
                later.put(word, mark.getFirst());
            }
        }
        var allowed = List.copyOf(words.keySet());
        return new ScalarConverter<>(
                "one of " + String.join(", ", allowed),
                text -> parse(text, words, later),
                Json.object("enum", allowed));
    }

    private static <E> Parsed<E> parse(String text, Map<String, E> words, Map<String, Later> later) {
        var constant = words.get(text);
        if (constant != null) {
            return Parsed.good(constant);
        }
        var mark = later.get(text);
        var allowed = new ArrayList<>(words.keySet());
        return mark != null
                ? Parsed.bad(
                        "this version of Steward has no " + mark.what() + " yet", "use " + String.join(" or ", allowed))
                : Parsed.bad("'" + Shown.of(text) + "' is not possible here", Suggest.among(text, allowed));
    }

    private static List<Later> laterMark(Class<?> type, Enum<?> constant) {
        try {
            return List.of(type.getField(constant.name()).getAnnotationsByType(Later.class));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(constant.name(), e);
        }
    }
}
