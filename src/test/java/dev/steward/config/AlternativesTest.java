package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys that can be written in several ways. */
class AlternativesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    private Path path;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "always | true | true | true",
                "on-failure | false | true | true",
                "never | false | false | false",
                "{successful_exit: true} | true | false | false",
                "{successful_exit: false} | false | true | true",
                "{crashed: true} | false | false | true",
                "{crashed: false} | true | true | false",
                "{successful_exit: true, crashed: true} | true | false | true",
                "{successful_exit: false, crashed: false} | true | true | true",
            })
    void keep_alive_means_what_launchd_means(String written, boolean success, boolean failure, boolean crash)
            throws Exception {
        assertThat(agent("keep_alive: " + written).keepAlive()).isEqualTo(new KeepAlive(success, failure, crash));
    }

    @Test
    void ready_is_one_of_five_proofs() throws Exception {
        assertThat(ready("{after: 100ms}")).isEqualTo(new Ready.After(Duration.ofMillis(100), TIMEOUT));
        assertThat(ready("{timeout: 5s}")).isEqualTo(new Ready.After(Duration.ofSeconds(1), Duration.ofSeconds(5)));
        assertThat(ready("{file: run/up}")).isEqualTo(new Ready.FileWritten(path.resolve("run/up"), TIMEOUT));
        assertThat(ready("{tcp: 'localhost:6379'}")).isEqualTo(new Ready.Tcp("localhost", 6379, TIMEOUT));
        assertThat(ready("{tcp: 6379}")).isEqualTo(new Ready.Tcp("127.0.0.1", 6379, TIMEOUT));
        assertThat(ready("{tcp: '[::1]:6379'}")).isEqualTo(new Ready.Tcp("::1", 6379, TIMEOUT));
        assertThat(ready("{http: 'http://localhost:8080/up', timeout: 1m}"))
                .isEqualTo(new Ready.Http(URI.create("http://localhost:8080/up"), Duration.ofMinutes(1)));
        assertThat(ready("{log: 'listening on \\d+'}"))
                .isEqualTo(new Ready.LogLine(Pattern.compile("listening on \\d+"), TIMEOUT));
    }

    @Test
    void needs_are_names_or_conditions_or_both() throws Exception {
        var ready = new Need("redis", Need.Condition.READY);
        var done = new Need("migrate", Need.Condition.DONE);

        assertThat(agent("needs: [redis]").needs()).containsExactly(ready);
        assertThat(agent("needs: {migrate: done}").needs()).containsExactly(done);
        assertThat(agent("needs: [redis, {migrate: done}]").needs()).containsExactly(ready, done);
        assertThat(agent("needs: {migrate: done, redis: ready}").needs()).containsExactly(done, ready);
        assertThat(agent("needs: []").needs()).isEmpty();
    }

    @Test
    void an_argument_that_a_shell_in_the_list_expands_is_left_to_it() throws Exception {
        var yaml = "agents: {a: {command: [/bin/sh, -ec, 'echo $HOME $$']}}";

        assertThat(new Folder(path).agent(yaml).command()).hasToString("Exec[argv=[/bin/sh, -ec, echo $HOME $$]]");
    }

    private Ready ready(String written) throws Exception {
        return agent("ready: " + written).ready();
    }

    private AgentConfig agent(String line) throws Exception {
        return new Folder(path)
                .agent("agents:\n  a:\n    command: x\n    " + line
                        + "\n  redis: {command: x}\n  migrate: {command: x, keep_alive: never}\n");
    }
}
