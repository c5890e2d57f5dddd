package dev.steward.config;

import dev.steward.posix.Signal;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the converter of a type: by name for single values and alternatives, by reflection for records and collections. */
final class Converters {
    private final Map<Class<?>, Converter<?>> byClass = new HashMap<>();

    /** Relative paths are meant relative to the folder, which is absolute. */
    Converters(Path folder) {
        var text = Texts.relativeTo(folder);
        byClass.put(String.class, Scalars.STRING);
        byClass.put(boolean.class, Scalars.BOOLEAN);
        byClass.put(Boolean.class, Scalars.BOOLEAN);
        byClass.put(int.class, Scalars.INTEGER);
        byClass.put(Integer.class, Scalars.INTEGER);
        byClass.put(Duration.class, Scalars.DURATION);
        byClass.put(DataSize.class, Scalars.DATA_SIZE);
        byClass.put(Pattern.class, Scalars.PATTERN);
        byClass.put(URI.class, Scalars.ADDRESS);
        byClass.put(Signal.class, Scalars.SIGNAL);
        byClass.put(Path.class, Scalars.path(folder));
        byClass.put(Glob.class, new GlobConverter(folder));
        byClass.put(Text.class, text);
        byClass.put(Command.class, new CommandConverter(text));
        byClass.put(KeepAlive.class, new KeepAliveConverter());
        byClass.put(Needs.class, new NeedsConverter());
        byClass.put(Endpoint.class, Endpoint.CONVERTER);
        byClass.put(Umask.class, Umask.CONVERTER);
        byClass.put(LimitValue.class, LimitValue.CONVERTER);
        var address = RedisAddress.relativeTo(folder);
        byClass.put(Secret.class, Secrets.relativeTo(folder));
        byClass.put(RedisAddress.class, address);
        byClass.put(BusSection.class, new BusConverter(new RecordConverter<>(BusSection.class, this), address));
    }

    /** A component's converter, with the demands of its annotations. */
    Converter<?> of(Type type, AnnotatedElement annotations) {
        return switch (type) {
            case ParameterizedType generic -> generic(generic, annotations);
            case Class<?> plain -> demanding(of(plain), annotations);
            default -> throw new IllegalArgumentException("no converter for " + type);
        };
    }

    Converter<?> of(Class<?> type) {
        var known = byClass.get(type);
        if (known != null) {
            return known;
        }
        Converter<?> made;
        if (type.isRecord()) {
            made = new RecordConverter<>(type.asSubclass(Record.class), this);
        } else if (type.isEnum()) {
            made = EnumConverter.of(type);
        } else {
            throw new IllegalArgumentException("no converter for " + type);
        }
        byClass.put(type, made);
        return made;
    }

    private Converter<?> generic(ParameterizedType type, AnnotatedElement annotations) {
        var arguments = type.getActualTypeArguments();
        var raw = type.getRawType();
        if (raw == Optional.class) {
            return new OptionalConverter<>(of(arguments[0], annotations));
        }
        if (raw == List.class) {
            return new ListConverter<>(of(arguments[0], annotations));
        }
        if (raw == Set.class) {
            return new SetConverter<>(new ListConverter<>(of(arguments[0], annotations)));
        }
        if (raw == Map.class) {
            return new MapConverter<>(of(arguments[0], annotations), of((Class<?>) arguments[1]));
        }
        throw new IllegalArgumentException("no converter for " + type);
    }

    private static Converter<?> demanding(Converter<?> converter, AnnotatedElement annotations) {
        var range = annotations.getAnnotation(Range.class);
        if (range != null) {
            return Checked.range(converter, range);
        }
        var matches = annotations.getAnnotation(Matches.class);
        if (matches != null) {
            return Checked.matching(converter, matches);
        }
        var least = annotations.getAnnotation(AtLeast.class);
        if (least != null) {
            return Checked.atLeast(converter, least);
        }
        return annotations.isAnnotationPresent(Positive.class) ? Checked.positive(converter) : converter;
    }
}
