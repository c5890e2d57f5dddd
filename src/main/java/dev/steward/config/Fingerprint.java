package dev.steward.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/** The digest behind {@link AgentConfig#fingerprint()}. Lengths and counts keep texts that abut from being taken for others. */
final class Fingerprint {
    private static final int BYTES = 8;

    private final StringBuilder written = new StringBuilder();

    private Fingerprint() {}

    static String of(AgentConfig agent) {
        var print = new Fingerprint();
        switch (agent.command()) {
            case Command.Exec(var argv) -> print.add("exec", argv.stream().map(Text::template));
            case Command.Shell(var script) -> print.add("shell", Stream.of(script));
        }
        print.add("directory", Stream.of(agent.directory().toString()));
        print.add(
                "env",
                agent.env().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(variable ->
                                Stream.of(variable.getKey(), variable.getValue().template())));
        print.add("env_file", agent.envFile().stream().map(Object::toString));
        print.add("log", Stream.of(agent.log().toString()));
        print.add("umask", agent.umask().stream());
        print.add("nice", agent.nice().stream().mapToObj(Integer::toString));
        print.add(
                "limits",
                agent.limits().entrySet().stream()
                        .map(limit -> limit.getKey().name() + "=" + limit.getValue())
                        .sorted());
        print.add("leftovers", Stream.of(agent.leftovers().name()));
        print.add("heartbeat", agent.heartbeat().stream().flatMap(Fingerprint::seenByTheAgent));
        // A digest of a section that knows nothing of this stays what it was in earlier versions.
        if (agent.ready() instanceof Ready.Notified) {
            print.add("ready", Stream.of("notify"));
        }
        return print.digest();
    }

    private static Stream<String> seenByTheAgent(Heartbeat beat) {
        var every = beat.every().toString();
        return switch (beat.via()) {
            case Via.Written(var path) -> Stream.of(path.toString(), every);
            case Via.Notified _ -> Stream.of("notify", every, beat.staleAfter().toString());
            case Via.Pinged _ -> Stream.of("ping", every);
            case Via.Stored(var key) -> Stream.of("redis", key, every);
        };
    }

    private void add(String key, Stream<String> values) {
        var all = values.toList();
        written.append(key).append(' ').append(all.size());
        all.forEach(
                value -> written.append(' ').append(value.length()).append(':').append(value));
        written.append('\n');
    }

    private String digest() {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(written.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
