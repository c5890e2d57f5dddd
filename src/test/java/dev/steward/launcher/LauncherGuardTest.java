package dev.steward.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Posix;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard, with a java in whose place is a script: the nth start does what the nth line of a plan says. */
@Timeout(60)
class LauncherGuardTest {
    private static final String DAEMON = """
            #!/bin/sh
            echo "start $$ $STEWARD_GUARDED $(ls -l /proc/$$/fd | grep -c guard.lock)" >>"$JOURNAL"
            n=$(grep -c '^start' "$JOURNAL")
            ready() { echo $$ >"$STEWARD_HOME/run/ready"; }
            eval "$(head -n "$n" "$STEWARD_HOME/plan" | tail -n 1)"
            """;
    private static final String LIVES = "ready; exec sleep 100";

    @TempDir
    Path temp;

    private Checkout checkout;
    private Path home;
    private final List<ProcessHandle> started = new ArrayList<>();

    @BeforeEach
    void make_a_home() throws IOException {
        checkout = Checkout.in(temp);
        for (var tool : List.of("grep", "tail", "ls")) {
            checkout.tool(tool, "#!/bin/sh\nexec /usr/bin/env PATH=/usr/bin:/bin " + tool + " \"$@\"\n");
        }
        home = Files.createDirectories(checkout.machine().resolve("a home"));
        Files.createDirectories(home.resolve("run"));
        var jdk = checkout.jdk("jdk 25", "25.0.1");
        Checkout.script(jdk.resolve("bin/java"), DAEMON);
        // A package needs no build.
        Files.delete(checkout.root().resolve("pom.xml"));
        Files.writeString(checkout.root().resolve("steward.jar"), "jar");
    }

    @AfterEach
    void end_all() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private Process guard(List<String> plan, String... pid) throws IOException {
        Files.write(home.resolve("plan"), plan);
        var words = new ArrayList<>(List.of("--home", home.toString(), "--config", "c", "guard"));
        words.addAll(List.of(pid));
        var process = checkout.bare(words.toArray(String[]::new))
                .with("STEWARD_JAVA_HOME", checkout.machine().resolve("jdk 25").toString())
                .with("STEWARD_HOME", home.toString())
                .start();
        started.add(process.toHandle());
        return process;
    }

    /** The nth daemon, once it is started. */
    private ProcessHandle daemon(int n) throws Exception {
        Await.until("start " + n, () -> checkout.journal("start").size() >= n);
        var pid = Long.parseLong(checkout.journal("start").get(n - 1).split(" ", -1)[1]);
        var handle = ProcessHandle.of(pid).orElseThrow();
        started.add(handle);
        return handle;
    }

    private void readies(ProcessHandle daemon) throws Exception {
        var ready = home.resolve("run/ready");
        Await.until(
                "it is ready",
                () -> Files.exists(ready) && Files.readString(ready).equals(daemon.pid() + "\n"));
    }

    private String log() throws IOException {
        return Files.readString(home.resolve("logs/steward.log"));
    }

    @Test
    void a_daemon_that_was_ready_is_started_again_at_once_and_another_after_a_pause() throws Exception {
        var guard = guard(List.of(LIVES, LIVES, "exit 1", LIVES));
        for (var i = 1; i <= 2; i++) {
            var daemon = daemon(i);
            readies(daemon);
            daemon.destroyForcibly();
        }
        Await.until("it pauses", () -> Files.exists(home.resolve("run/guard.next")));
        readies(daemon(4));

        assertThat(log().lines().filter(line -> line.contains("Guard: ")))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("ended with status 137, and is started again"),
                        line -> assertThat(line).endsWith("ended with status 137, and is started again"),
                        line -> assertThat(line).endsWith("ended with status 1, and is started again in 1 s"));
        assertThat(home.resolve("run/guard.next")).doesNotExist();
        assertThat(home.resolve("run/guard.pid")).hasContent(String.valueOf(guard.pid()));
        assertThat(checkout.journal("start")).allMatch(line -> line.endsWith(" 1 0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 69, 70, 73, 75, 78})
    void it_ends_as_a_daemon_does_that_never_was_ready(int status) throws Exception {
        var guard = guard(List.of("exit " + status));

        assertThat(guard.waitFor()).isEqualTo(status);
        assertThat(checkout.journal("start")).hasSize(1);
        assertThat(home.resolve("run/guard.pid")).doesNotExist();
    }

    @Test
    void once_one_was_ready_it_waits_until_the_machine_is_in_order_again() throws Exception {
        var guard = guard(List.of(LIVES, "exit 78", "ready; exit 0"));
        var first = daemon(1);
        readies(first);
        first.destroyForcibly();

        assertThat(guard.waitFor()).isZero();
        assertThat(checkout.journal("start")).hasSize(3);
    }

    @Test
    void it_hears_term_and_not_hup_and_leaves_the_daemon_alone() throws Exception {
        var guard = guard(List.of(LIVES));
        var daemon = daemon(1);
        readies(daemon);
        new ProcessBuilder("kill", "-HUP", String.valueOf(guard.pid())).start().waitFor();
        assertThat(guard.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        guard.toHandle().destroy();

        assertThat(guard.waitFor()).isEqualTo(143);
        assertThat(daemon.isAlive()).isTrue();
    }

    @Test
    void it_hears_term_while_it_pauses() throws Exception {
        var guard = guard(List.of("exit 1", LIVES));
        Await.until("it pauses", () -> Files.exists(home.resolve("run/guard.next")));
        guard.toHandle().destroy();

        assertThat(guard.waitFor()).isEqualTo(143);
        assertThat(home.resolve("run/guard.next")).doesNotExist();
    }

    @Test
    void a_home_that_is_gone_is_nobodys() throws Exception {
        var guard = guard(List.of(LIVES));
        var daemon = daemon(1);
        readies(daemon);
        Files.move(home, home.resolveSibling("moved"));
        daemon.destroyForcibly();

        assertThat(guard.waitFor()).isEqualTo(137);
    }

    @Test
    void it_hears_by_the_fifo_of_the_end_of_a_daemon_that_is_no_child_of_it() throws Exception {
        var fifo = home.resolve("run/guard.fifo");
        Posix.fifosOnly().make(fifo);
        Process guard;
        try (var held = Posix.fifosOnly().hold(fifo)) {
            Files.writeString(home.resolve("run/ready"), "4711\n");
            guard = guard(List.of(LIVES), "4711");
            Await.until("it watches", () -> Files.exists(home.resolve("run/guard.pid")));
            held.write("");
            assertThat(guard.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(checkout.journal("start")).isEmpty();
        }
        var next = daemon(1);
        readies(next);
        assertThat(guard.isAlive()).isTrue();
    }

    @Test
    void a_daemon_that_says_by_the_fifo_that_it_ends_well_is_not_started_again() throws Exception {
        var fifo = home.resolve("run/guard.fifo");
        Posix.fifosOnly().make(fifo);
        Process guard;
        try (var held = Posix.fifosOnly().hold(fifo)) {
            guard = guard(List.of(LIVES), "4711");
            var watching = guard;
            Await.until("it watches", () -> watches(watching, fifo));
            held.write("0\n");
        }
        assertThat(guard.waitFor()).isZero();
        assertThat(checkout.journal("start")).isEmpty();
    }

    /** It has read what was written as soon as that is gone from the FIFO; that it has it open shows earlier. */
    private static boolean watches(Process guard, Path fifo) throws IOException {
        try (var open = Files.list(Path.of("/proc/" + guard.pid() + "/fd"))) {
            return open.filter(Files::isSymbolicLink).anyMatch(link -> leadsTo(link, fifo));
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            // It was closed meanwhile.
            return false;
        }
    }

    @Test
    void a_daemon_that_was_dead_before_the_guard_looked_is_not_waited_for() throws Exception {
        Posix.fifosOnly().make(home.resolve("run/guard.fifo"));
        guard(List.of(LIVES), "4711");

        readies(daemon(1));
    }

    @Test
    void without_a_fifo_it_does_not_guess() throws Exception {
        assertThat(guard(List.of(LIVES), "4711").waitFor()).isEqualTo(75);
        assertThat(checkout.journal("start")).isEmpty();
    }

    @Test
    void the_words_that_a_command_becomes_are_told_and_nothing_is_started() throws Exception {
        var told = checkout.bare("--java-command", "--home", "x y", "daemon")
                .with("STEWARD_JAVA_HOME", checkout.machine().resolve("jdk 25").toString())
                .run();

        assertThat(told.status()).isZero();
        assertThat(told.out().split("\0", -1))
                .startsWith(checkout.machine().resolve("jdk 25/bin/java").toString())
                .contains("-Xmx64m", "-jar", "x y")
                .endsWith("--home", "x y", "daemon", "");
        assertThat(checkout.journal("start")).isEmpty();
    }
}
