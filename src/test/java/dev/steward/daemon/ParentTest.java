package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Datagrams;
import dev.steward.posix.LocalSocket;
import dev.steward.posix.Posix;
import dev.steward.posix.SocketName;
import dev.steward.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ParentTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    Path folder;

    private final Posix posix = Posix.forSupervisor();
    private final Datagrams datagrams = posix.datagrams();
    private LocalSocket socket;

    @BeforeEach
    void listen() throws Exception {
        socket = datagrams.listen(new SocketName.InFileSystem(folder.resolve("notify")));
    }

    @AfterEach
    void close() throws Exception {
        datagrams.close();
        posix.close();
    }

    private Parent parent(String... more) {
        var environment = new HashMap<>(Map.of("NOTIFY_SOCKET", socket.name().toString()));
        for (var i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return Parent.of(environment, () -> 1_234_567_890L);
    }

    private String next() throws Exception {
        assertThat(datagrams.await(20_000)).containsExactly(socket);
        try (var datagram = socket.receive().orElseThrow()) {
            return datagram.text();
        }
    }

    @Test
    void it_is_told_as_sd_notify_tells() throws Exception {
        var parent = parent();
        parent.ready("runs 2 agents");
        assertThat(next()).isEqualTo("READY=1\nMAINPID=" + PID + "\nSTATUS=runs 2 agents\n");
        parent.reloading("x");
        assertThat(next()).isEqualTo("RELOADING=1\nMONOTONIC_USEC=1234567\nSTATUS=x\n");
        parent.stopping();
        assertThat(next()).isEqualTo("STOPPING=1\nSTATUS=going down\n");
        parent.works();
        assertThat(next()).isEqualTo("WATCHDOG=1\n");
    }

    @Test
    void a_watchdog_is_fed_at_half_of_its_time_and_only_if_it_is_this_processs() {
        assertThat(parent().every()).isEmpty();
        assertThat(parent("WATCHDOG_USEC", "3000000").every()).contains(Duration.ofMillis(1500));
        assertThat(parent("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "" + PID).every())
                .contains(Duration.ofMillis(1500));
        assertThat(parent("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "1").every())
                .isEmpty();
        for (var nonsense : new String[] {"", "0", "-1", "x", "99999999999999999999"}) {
            assertThat(parent("WATCHDOG_USEC", nonsense).every()).isEmpty();
        }
    }

    @Test
    void a_supervisor_that_does_not_answer_is_not_said_to_work() throws Exception {
        var questions = new AtomicInteger();
        try (var _ = Watchdog.begin(parent("WATCHDOG_USEC", "20000"), () -> {
            if (questions.incrementAndGet() != 2) {
                throw new IllegalStateException("supervision hangs");
            }
        })) {
            assertThat(next()).isEqualTo("WATCHDOG=1\n");
            Await.until("it is asked again and again", () -> questions.get() > 5);
            assertThat(datagrams.await(0)).isEmpty();
        }
    }

    @Test
    void where_nobody_wants_to_know_or_listens_nothing_is_the_matter() {
        for (var name : new String[] {"", "nonsense", folder.resolve("nobody").toString(), "@nobody-listens-here"}) {
            Parent.of(Map.of("NOTIFY_SOCKET", name), () -> 0).stopping();
        }
        Parent.of(Map.of(), () -> 0).stopping();
        assertThat(datagrams.await(0)).isEmpty();
    }
}
