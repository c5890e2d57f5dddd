package dev.steward.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** The words of an enum: a constant {@code ON_FAILURE} is written {@code on-failure}. */
final class EnumConverter {
    private EnumConverter() {}

    static Converter<Enum<?>> of(Class<?> type) {
        var words = new LinkedHashMap<String, Enum<?>>();
        for (var each : type.getEnumConstants()) {
            var constant = (Enum<?>) each;
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        var allowed = List.copyOf(words.keySet());
        return new ScalarConverter<>(
                "one of " + String.join(", ", allowed),
                text -> {
                    var constant = words.get(text);
                    return constant != null
                            ? Parsed.good(constant)
                            : Parsed.bad("'" + Shown.of(text) + "' is not possible here", Suggest.among(text, allowed));
                },
                Json.object("enum", allowed));
    }
}
