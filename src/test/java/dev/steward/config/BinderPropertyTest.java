package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever stands in the file, the loader answers with a configuration or with problems that have a place. */
class BinderPropertyTest {
    private Path file = Path.of("steward.yaml");

    @BeforeProperty
    void makeFile() throws IOException {
        file = Files.createTempFile("steward", ".yaml");
    }

    @AfterProperty
    void removeFile() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 500)
    void any_text_is_answered(@ForAll String text) throws IOException {
        answers(text);
    }

    @Property(tries = 500)
    void anything_like_a_configuration_is_answered(@ForAll("values") String agent, @ForAll("values") String other)
            throws IOException {
        answers("x-a: &a {critical: true}\nagents: {a: " + agent + ", b: {command: x, <<: *a}}\npaths: " + other
                + "\nlogs: " + other + "\nbus: " + other + "\ninboxes: {a: " + other + ", A: " + other
                + "}\nworkers: {w: "
                + agent + "}\norders: " + other);
    }

    private void answers(String text) throws IOException {
        Files.write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try {
            assertThat(new ConfigLoader(Map.of(), () -> "host", Path.of("/bin/sh"))
                            .load(file)
                            .node())
                    .isNotEmpty();
        } catch (ConfigException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.message()).isNotBlank();
                assertThat(problem.line()).isBetween(0, text.split("\n", -1).length + 1);
            });
        }
    }

    @Provide
    Arbitrary<String> values() {
        var keys = Arbitraries.of(
                "command",
                "ready",
                "after",
                "tcp",
                "log",
                "stop",
                "signal",
                "timeout",
                "needs",
                "env",
                "keep_alive",
                "crashed",
                "limits",
                "nofile",
                "backoff",
                "first",
                "umask",
                "heartbeat",
                "via",
                "path",
                "logs",
                "defaults",
                "files",
                "rotate_above",
                "max_total",
                "strategy",
                "notify",
                "user",
                "<<",
                "redis",
                "url",
                "sentinels",
                "master",
                "nodes",
                "password",
                "tls",
                "ca",
                "key",
                "inbox",
                "concurrency",
                "retries",
                "max_body",
                "archive_after",
                "keep_for",
                "success_exit_codes",
                "http",
                "directory",
                "~",
                "label");
        var words = Arbitraries.of(
                "x",
                "~",
                "true",
                "10",
                "10s",
                "-1",
                "''",
                "a",
                "b",
                "done",
                "TERM",
                "'${env:X}'",
                "'${'",
                "$X",
                "022",
                "'a('",
                "file",
                "*a",
                "\"\\0\"",
                "!x y",
                "http://x:1/",
                "1MB",
                "rename",
                "'**/[a'",
                "'{a,b}/*'",
                "1.5",
                "embedded",
                "redis://h",
                "'rediss://u:${file:p}@h:1/2'",
                "redis://u:p@h",
                "[h:1]",
                "redis",
                "always",
                "[]",
                "{}",
                "",
                "é");
        return Arbitraries.lazyOf(
                () -> words,
                () -> words,
                () -> values().list().ofMaxSize(3).map(items -> "[" + String.join(", ", items) + "]"),
                () -> Combinators.combine(keys, values())
                        .as((key, value) -> key + ": " + value)
                        .list()
                        .ofMaxSize(4)
                        .map(entries -> "{" + String.join(", ", entries) + "}"));
    }
}
