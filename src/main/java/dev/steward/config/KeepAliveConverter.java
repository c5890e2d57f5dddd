package dev.steward.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A word, or the conditions of {@code launchd.plist(5)}: {@code successful_exit} restarts only after an exit that was (or
 * was not) successful, {@code crashed} only after an end by a signal (or not by one); of two given, either is enough.
 */
final class KeepAliveConverter implements Converter<KeepAlive> {
    private static final Map<String, KeepAlive> WORDS =
            Map.of("always", KeepAlive.ALWAYS, "on-failure", KeepAlive.ON_FAILURE, "never", KeepAlive.NEVER);
    private static final List<String> ORDER = List.of("always", "on-failure", "never");
    private static final List<String> CONDITIONS = List.of("successful_exit", "crashed");

    private static final Converter<KeepAlive> WORD = new ScalarConverter<>(
            "always, on-failure, never, or a section with successful_exit or crashed",
            text -> Optional.ofNullable(WORDS.get(text))
                    .map(Parsed::good)
                    .orElseGet(() ->
                            Parsed.bad("'" + Shown.of(text) + "' is not possible here", Suggest.among(text, ORDER))),
            Json.object("enum", ORDER));

    @Override
    public Optional<KeepAlive> read(Node node, Scope at) {
        return node instanceof MappingNode mapping ? conditions(mapping, at) : WORD.read(node, at);
    }

    private static Optional<KeepAlive> conditions(MappingNode mapping, Scope at) {
        var entries = Entries.of(mapping, at);
        if (entries.isEmpty()) {
            at.problem("says nothing", "write " + String.join(", ", ORDER) + ", or {successful_exit: false}");
            return Optional.empty();
        }
        var sum = KeepAlive.NEVER;
        boolean good = true;
        for (var entry : entries) {
            if (!CONDITIONS.contains(entry.key())) {
                at.problemAt(
                        entry.keyNode(),
                        "unknown key '" + Shown.of(entry.key()) + "'",
                        Suggest.among(entry.key(), CONDITIONS));
                good = false;
                continue;
            }
            var wanted = Scalars.BOOLEAN.read(entry.value(), at.enter(entry.key(), entry.keyNode(), entry.value()));
            good &= wanted.isPresent();
            sum = either(sum, condition(entry.key(), wanted.orElse(true)));
        }
        return good ? Optional.of(sum) : Optional.empty();
    }

    private static KeepAlive condition(String key, boolean wanted) {
        if (key.equals("crashed")) {
            return new KeepAlive(!wanted, !wanted, wanted);
        }
        return new KeepAlive(wanted, !wanted, !wanted);
    }

    private static KeepAlive either(KeepAlive one, KeepAlive other) {
        return new KeepAlive(
                one.afterSuccess() || other.afterSuccess(),
                one.afterFailure() || other.afterFailure(),
                one.afterCrash() || other.afterCrash());
    }

    @Override
    public Map<String, Object> schema() {
        var bool = Scalars.BOOLEAN.schema();
        return Json.object(
                "anyOf",
                List.of(
                        WORD.schema(),
                        Json.object(
                                "type",
                                "object",
                                "properties",
                                Json.object("successful_exit", bool, "crashed", bool),
                                "additionalProperties",
                                false)));
    }
}
