package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.cli.Ran.Shell;
import dev.steward.cli.RotateCommand.Offline;
import dev.steward.control.ControlServer;
import dev.steward.control.KnownLogs;
import dev.steward.control.LogRotation;
import dev.steward.control.SocketPath;
import dev.steward.control.UnknownLog;
import dev.steward.logs.Catalog;
import dev.steward.logs.Outcome;
import dev.steward.logs.Outcome.Result;
import dev.steward.logs.Wish;
import dev.steward.posix.Posix;
import dev.steward.store.RotationRow;
import dev.steward.store.Store;
import dev.steward.store.StoreException;
import dev.steward.testing.Await;
import dev.steward.testing.FakeNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RotateCommandTest {
    private static final String CONFIG = """
            agents:
              cls: {command: [/bin/sleep, "1000"], log: out/cls.log}
            logs:
              files:
                - {path: "g/*.log"}
            """;

    @TempDir
    Path home;

    private FakeNode node;
    private Shell shell;

    @BeforeEach
    void make() throws IOException {
        home = home.toRealPath();
        node = new FakeNode(home);
        shell = Shell.at(home);
        Files.writeString(home.resolve("steward.yaml"), CONFIG);
        Files.createDirectory(
                home.resolve("run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectories(home.resolve("out"));
    }

    private ControlServer serve() throws IOException {
        var server = ControlServer.listen(SocketPath.prepare(home));
        server.serve(node.methods());
        return server;
    }

    /** Without a daemon, by what the node says. */
    private Ran alone(String... args) {
        return run(shell, (_, catalog) -> new Resolving(catalog, node), args);
    }

    private record Resolving(Catalog catalog, LogRotation then) implements LogRotation {
        @Override
        public void rotate(Wish wish, Consumer<Outcome> each) throws UnknownLog, IOException, InterruptedException {
            then.rotate(KnownLogs.resolve(catalog, wish), each);
        }

        @Override
        public List<String> emptyGlobs(List<Path> logs) {
            return catalog.emptyGlobs(logs);
        }
    }

    private static Ran run(Shell shell, Offline offline, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var line = Cli.line(shell.caller(out, err));
        Root root = line.getCommand();
        line.getCommandSpec().removeSubcommand("rotate");
        line.addSubcommand(new RotateCommand(root, offline));
        line.setExecutionExceptionHandler((failure, at, _) -> new Mistakes(root).explain(failure, at.getCommandName()));
        var status = line.execute(args);
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void comes(Result... results) {
        for (var result : results) {
            node.outcomes.add(node.outcome("a.log", result, result == Result.FAILED ? "the disk is full" : ""));
        }
    }

    @Test
    void it_asks_the_daemon_and_shows_a_table() throws IOException {
        comes(Result.ROTATED, Result.NOT_DUE);
        try (var _ = serve()) {
            var ran = shell.run("rotate", "out/../out/cls.log", "--force");
            assertThat(ran.status()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .startsWith("LOG ")
                    .containsPattern("a\\.log +rotated +cut +1\\.2 MB +1\\.2 ms +a\\.log\\.1\\.gz\n");
            assertThat(ran.err()).isEmpty();
            assertThat(node.asked).contains("rotate [" + home + "/out/cls.log] dry=false force=true");
        }
    }

    @Test
    void it_does_the_same_without_a_daemon() {
        comes(Result.ROTATED, Result.NOT_DUE);
        var ran = alone("rotate", "out/cls.log", "--dry-run");
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).containsPattern("a\\.log +rotated +cut +1\\.2 MB +1\\.2 ms +a\\.log\\.1\\.gz\n");
        assertThat(node.asked).contains("rotate [" + home + "/out/cls.log] dry=true force=false");
    }

    @Test
    void for_programs_each_log_is_an_object_in_a_line_with_a_daemon_and_without() throws IOException {
        comes(Result.ROTATED, Result.FAILED);
        var without = alone("rotate", "--json");
        assertThat(without.out().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("{\"log\":\"" + home + "/logs/a.log\"");
        try (var _ = serve()) {
            var with = shell.run("rotate", "--json");
            assertThat(with.status()).isEqualTo(1);
            // They differ in the time zone that they are in.
            assertThat(with.out().replaceAll("\"at\":[^}]*", ""))
                    .isEqualTo(without.out().replaceAll("\"at\":[^}]*", ""));
        }
    }

    @Test
    void a_failure_is_bad_news_and_a_busy_log_is_for_later() throws IOException {
        comes(Result.BUSY, Result.NOT_DUE);
        assertThat(alone("rotate").status()).isEqualTo(75);
        try (var _ = serve()) {
            assertThat(shell.run("rotate").status()).isEqualTo(75);
        }
        comes(Result.FAILED);
        assertThat(alone("rotate").status()).isEqualTo(1);
        assertThat(alone("rotate").out()).contains("failed", "the disk is full");
    }

    @Test
    void a_log_that_must_not_be_touched_is_bad_news_for_who_named_it() {
        comes(Result.LEFT_ALONE);
        assertThat(alone("rotate").status()).isZero();
        assertThat(alone("rotate", "out/cls.log").status()).isEqualTo(1);
    }

    @Test
    void what_matches_nothing_is_said() {
        var ran = alone("rotate");
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("steward: no file matches " + home + "/g/*.log\nsteward: there is no log to rotate\n");
    }

    @Test
    void a_file_that_is_no_log_is_refused() throws IOException {
        for (var name : List.of("steward.yaml", "out/cls.log.1", "/etc/passwd")) {
            var ran = alone("rotate", name);
            assertThat(ran.status()).as(ran.err()).isEqualTo(64);
            assertThat(ran.err()).contains(name.endsWith(".1") ? "is an archive of" : "is no log");
        }
        try (var _ = serve()) {
            assertThat(shell.run("rotate", "/etc/passwd").status()).isEqualTo(64);
        }
        assertThat(shell.run("rotate", "\uFFFD.log").err()).contains("not in the encoding of your locale");
        assertThat(node.asked).isEmpty();
    }

    @Test
    void a_configuration_that_is_refused_rotates_nothing() throws IOException {
        Files.writeString(home.resolve("steward.yaml"), "agents: {cls: {comand: [/bin/true]}}\n");
        assertThat(alone("rotate").status()).isEqualTo(78);
        assertThat(node.asked).isEmpty();
    }

    @Test
    void without_a_daemon_it_remembers_what_came_of_logs_where_one_ran_before() throws StoreException {
        Store.open(home.resolve("state.db"), InstantSource.fixed(FakeNode.NOW))
                .store()
                .close();
        comes(Result.ROTATED, Result.FAILED);
        assertThat(alone("rotate").err()).doesNotContain("status will not tell");
        var status = shell.run("rotate", "--status");
        assertThat(status.status()).isZero();
        assertThat(status.out()).contains("a.log  failed", "fails since", "the disk is full");
        assertThat(shell.run("rotate", "--status", "--json").out())
                .startsWith("[{\"log\":")
                .endsWith("}]\n");
        try (var state = Store.openReadOnly(home.resolve("state.db"))) {
            assertThat(state.rotations()).extracting(RotationRow::path).containsExactly(home + "/logs/a.log");
        }
    }

    @Test
    void without_a_daemon_it_tells_the_audit_trail_what_it_rotated() throws Exception {
        comes(Result.ROTATED, Result.NOT_DUE);
        assertThat(alone("rotate").err()).doesNotContain("audit");
        assertThat(Files.readAllLines(home.resolve("audit.jsonl")))
                .singleElement()
                .asString()
                .startsWith("{\"seq\":1,")
                .contains("\"event\":\"log_rotated\",\"log\":\"" + home + "/logs/a.log\",\"way\":\"cut\"");

        Files.delete(home.resolve("audit.jsonl"));
        Files.createDirectory(home.resolve("audit.jsonl"));
        var ran = alone("rotate");
        assertThat(ran.status()).isZero();
        assertThat(ran.err()).contains("the audit trail will not tell of this: ", "not a regular file");
    }

    @Test
    void a_dry_run_is_not_remembered() throws StoreException {
        Store.open(home.resolve("state.db"), InstantSource.fixed(FakeNode.NOW))
                .store()
                .close();
        comes(Result.WOULD_ROTATE);
        assertThat(alone("rotate", "--dry-run").status()).isZero();
        assertThat(shell.run("rotate", "--status")).isEqualTo(new Ran(0, "", "steward: no log was rotated yet\n"));
    }

    @Test
    void where_no_daemon_ever_ran_nothing_is_remembered_and_no_memory_is_made() {
        comes(Result.ROTATED);
        assertThat(alone("rotate").status()).isZero();
        assertThat(home.resolve("state.db")).doesNotExist();
        assertThat(shell.run("rotate", "--status").status()).isEqualTo(69);
    }

    @Test
    void a_daemon_that_does_not_answer_keeps_its_memory_to_itself() throws Exception {
        Store.open(home.resolve("state.db"), InstantSource.fixed(FakeNode.NOW))
                .store()
                .close();
        comes(Result.ROTATED);
        try (var _ = Posix.locksOnly().tryLock(home.resolve("run/daemon.lock")).orElseThrow()) {
            var ran = alone("rotate");
            assertThat(ran.status()).isZero();
            assertThat(ran.err()).contains("status will not tell of this: a daemon holds " + home + "/state.db");
        }
        assertThat(shell.run("rotate", "--status").out()).isEmpty();
    }

    @Test
    void a_damaged_memory_is_left_for_the_daemon_to_see() throws Exception {
        Files.writeString(home.resolve("state.db"), "rubbish ".repeat(100));
        comes(Result.ROTATED);
        assertThat(alone("rotate").err()).contains("status will not tell of this: ", "damaged");
        assertThat(home.resolve("state.db")).hasContent("rubbish ".repeat(100));
    }

    @Test
    void the_daemon_tells_what_it_remembers() throws IOException {
        node.rotations.add(node.failing("a.log"));
        try (var _ = serve()) {
            assertThat(shell.run("rotate", "--status").out()).contains("fails since", "3 times");
        }
        assertThat(shell.run("rotate", "--status", "--force").status()).isEqualTo(64);
    }

    @Test
    void who_waits_at_a_terminal_sees_how_far_it_is() throws Exception {
        var err = new ByteArrayOutputStream();
        var out = new ByteArrayOutputStream();
        var terminal = shell.onATerminal().caller(out, err).terminal();
        try (var progress = Progress.begin(terminal, true, "rotating logs", Duration.ofMillis(5))) {
            progress.step();
            Await.until(
                    "it was told",
                    () -> err.toString(StandardCharsets.UTF_8).contains("steward: rotating logs; 1 done"));
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).endsWith("\r\u001b[K");
        assertThat(out.size()).isZero();
    }

    @Test
    void what_is_over_at_once_shows_no_progress() {
        comes(Result.ROTATED);
        assertThat(run(shell.onATerminal(), (_, catalog) -> new Resolving(catalog, node), "rotate")
                        .err())
                .doesNotContain("done");
    }
}
