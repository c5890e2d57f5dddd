package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.LogRules.Notify;
import dev.steward.config.LogRules.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of {@code logs:}. */
class LogsTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    private Logs logs(String written) throws Exception {
        return folder.load("logs: " + written).logs();
    }

    private LogRules only(String entry) throws Exception {
        return logs("{files: [{path: a.log, " + entry + "}]}")
                .files()
                .getFirst()
                .rules();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{defaults: }", "{defaults: {}, files: []}"})
    void what_is_not_written_is_the_standard(String written) throws Exception {
        assertThat(logs(written)).isEqualTo(Logs.standard());
        assertThat(folder.load("agents: {}").logs()).isEqualTo(Logs.standard());
    }

    @Test
    void every_key_of_the_defaults_is_read() throws Exception {
        var rules = logs("{defaults: {rotate_above: 2MB, rotate_after: 1d, keep: 0, keep_for: 30d, compress: false,"
                        + " max_total: 3GiB, strategy: copy-truncate}}")
                .defaults();

        assertThat(rules)
                .isEqualTo(new LogRules(
                        new LogRules.Due(Optional.of(new DataSize(2_000_000)), Optional.of(Duration.ofDays(1))),
                        new LogRules.Keep(0, Optional.of(Duration.ofDays(30)), new DataSize(3L << 30)),
                        false,
                        new Strategy.CopyTruncate(),
                        Optional.empty()));
    }

    @Test
    void every_key_of_an_entry_is_read() throws Exception {
        var entry =
                logs("{files: [{path: g/logs/x.log, rotate_above: 4KiB, rotate_after: 12h, keep: 10000, keep_for: 1h,"
                                + " compress: false, max_total: 1MB, strategy: rename,"
                                + " notify: {signal: SIGUSR1, pid_file: run/app.pid}}]}")
                        .files()
                        .getFirst();

        assertThat(entry.glob()).isEqualTo(Glob.literally(path.resolve("g/logs/x.log")));
        assertThat(entry.rules())
                .isEqualTo(new LogRules(
                        new LogRules.Due(Optional.of(new DataSize(4096)), Optional.of(Duration.ofHours(12))),
                        new LogRules.Keep(10_000, Optional.of(Duration.ofHours(1)), new DataSize(1_000_000)),
                        false,
                        new Strategy.Rename(Optional.of(new Notify.Signal("USR1", path.resolve("run/app.pid")))),
                        Optional.empty()));
    }

    @Test
    void what_an_entry_does_not_say_is_that_of_the_defaults() throws Exception {
        var logs = logs("{defaults: {rotate_above: 2MB, rotate_after: 1d, keep: 3, keep_for: 30d, compress: false,"
                + " max_total: 2GB, strategy: rename}, files: [{path: a.log}, {path: b.log, keep: 4}]}");

        assertThat(logs.files().getFirst().rules()).isEqualTo(logs.defaults());
        var other = logs.files().getLast().rules();
        assertThat(other.keep())
                .isEqualTo(new LogRules.Keep(
                        4,
                        Optional.of(Duration.ofDays(30)),
                        logs.defaults().keep().total()));
        assertThat(other.due()).isEqualTo(logs.defaults().due());
        assertThat(other.strategy()).isEqualTo(new Strategy.Rename(Optional.empty()));
    }

    @Test
    void a_strategy_is_one_of_three() throws Exception {
        assertThat(only("strategy: cut").strategy()).isEqualTo(new Strategy.Cut());
        assertThat(only("strategy: rename").strategy()).isEqualTo(new Strategy.Rename(Optional.empty()));
        assertThat(only("strategy: copy-truncate").strategy()).isEqualTo(new Strategy.CopyTruncate());
    }

    @Test
    void writers_are_told_by_a_signal_or_by_a_command() throws Exception {
        folder.executable("reopen.sh", "#!/bin/sh\n");

        assertThat(told("{signal: hup, pid_file: /run/app.pid}"))
                .isEqualTo(new Notify.Signal("HUP", Path.of("/run/app.pid")));
        assertThat(told("{command: [./reopen.sh, 5]}"))
                .isEqualTo(new Notify.Run(new Command.Exec(List.of(new Text("./reopen.sh"), new Text("5"))), path));
        assertThat(told("{command: 'kill -HUP $(cat app.pid)'}"))
                .isEqualTo(new Notify.Run(new Command.Shell("kill -HUP $(cat app.pid)"), path));
    }

    private Notify told(String notify) throws Exception {
        return only("strategy: rename, notify: " + notify).strategy() instanceof Strategy.Rename(var told)
                ? told.orElseThrow()
                : org.junit.jupiter.api.Assertions.fail("no rename");
    }

    @Test
    void a_writer_can_be_told_where_the_defaults_rename() throws Exception {
        var logs = logs("{defaults: {strategy: rename}, files: [{path: a.log, notify: {command: x}}]}");

        assertThat(logs.files().getFirst().rules().strategy())
                .isEqualTo(new Strategy.Rename(Optional.of(new Notify.Run(new Command.Shell("x"), path))));
    }

    @Test
    void the_first_entry_that_matches_counts_for_logs_of_agents_too() throws Exception {
        var configuration = folder.load("agents: {a: {command: x}, b: {command: x}, c: {command: x, log: /srv/c.log}}\n"
                + "logs: {files: [{path: logs/a.log, keep: 1}, {path: 'logs/*.log', keep: 2}]}");

        assertThat(configuration.agents().values())
                .extracting(
                        agent -> configuration.logs().rules(agent.log()).keep().count())
                .containsExactly(1, 2, 7);
    }
}
