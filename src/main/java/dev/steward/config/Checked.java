package dev.steward.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A converter with one demand more.
 *
 * @param demand empty if the value will do, else what is wrong and what to do
 * @param keywords what the demand adds to the schema
 */
record Checked<T>(Converter<T> inner, Function<T, Optional<Parsed.Bad<T>>> demand, Map<String, Object> keywords)
        implements Converter<T> {
    @Override
    public Optional<T> read(Node node, Scope at) {
        return inner.read(node, at).filter(value -> {
            var bad = demand.apply(value);
            bad.ifPresent(problem -> at.problem(problem.message(), problem.suggestion()));
            return bad.isEmpty();
        });
    }

    @Override
    public Map<String, Object> schema() {
        var schema = new LinkedHashMap<>(inner.schema());
        schema.putAll(keywords);
        return schema;
    }

    static Converter<?> range(Converter<?> inner, Range range) {
        return number(inner, range);
    }

    private static <T> Converter<T> number(Converter<T> inner, Range range) {
        return new Checked<>(
                inner,
                value -> value instanceof Integer number && number >= range.min() && number <= range.max()
                        ? Optional.empty()
                        : Optional.of(new Parsed.Bad<>(
                                value + " is out of range", "possible: " + range.min() + " to " + range.max())),
                Json.object("minimum", range.min(), "maximum", range.max()));
    }

    static Converter<?> positive(Converter<?> inner) {
        return longerThanNothing(inner);
    }

    private static <T> Converter<T> longerThanNothing(Converter<T> inner) {
        return new Checked<>(
                inner,
                value -> value instanceof java.time.Duration duration && duration.isPositive()
                        ? Optional.empty()
                        : Optional.of(new Parsed.Bad<>("must be longer than nothing", "write, for example, 10s")),
                Json.object("not", Json.object("pattern", "^(0+(d|h|m|s|ms))+$")));
    }

    static Converter<?> atLeast(Converter<?> inner, AtLeast least) {
        return largeEnough(inner, least);
    }

    private static <T> Converter<T> largeEnough(Converter<T> inner, AtLeast least) {
        if (!(DataSize.parse(least.value()) instanceof Parsed.Good(var size))) {
            throw new IllegalArgumentException(least.value());
        }
        return new Checked<>(
                inner,
                value -> value instanceof DataSize given && given.bytes() >= size.bytes()
                        ? Optional.empty()
                        : Optional.of(
                                new Parsed.Bad<>(value + " is too little", "write " + least.value() + " or more")),
                Json.object("not", Json.object("pattern", "^0+[A-Za-z]+$")));
    }

    static Converter<?> matching(Converter<?> inner, Matches matches) {
        return looksLike(inner, matches);
    }

    private static <T> Converter<T> looksLike(Converter<T> inner, Matches matches) {
        return new Checked<>(
                inner,
                value -> value instanceof String text && text.matches(matches.value())
                        ? Optional.empty()
                        : Optional.of(new Parsed.Bad<>(
                                "'" + Shown.of(String.valueOf(value)) + "' is not possible here",
                                "use " + matches.saying())),
                Json.object("pattern", matches.value()));
    }
}
