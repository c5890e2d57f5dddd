package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlException.Kind;
import dev.steward.testing.FakeNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that was halted was waited for without end. */
@Timeout(30)
class SilentDaemonTest {
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path home;

    private Path socket;

    @BeforeEach
    void prepare() throws IOException {
        socket = SocketPath.prepare(home);
    }

    private ServerSocketChannel halted(int backlog) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), backlog);
        return server;
    }

    private void assertSilent(Duration limit) {
        assertThatThrownBy(() -> {
                    try (var client = ControlClient.connect(home, limit)) {
                        client.ask(Question.of("stop").with("all", true));
                    }
                })
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SILENT));
    }

    @Test
    void one_that_does_not_answer_the_first_ping_is_silent() throws IOException {
        try (var server = halted(10)) {
            assertSilent(SHORT);
            assertThat(server.isOpen()).isTrue();
        }
    }

    @Test
    void so_is_one_before_which_too_many_wait_already() throws Exception {
        try (var server = halted(1)) {
            var waiting = new ArrayList<CompletableFuture<Void>>();
            for (var i = 0; i < 5; i++) {
                waiting.add(CompletableFuture.runAsync(() -> assertSilent(SHORT)));
            }
            for (var one : waiting) {
                one.get(20, TimeUnit.SECONDS);
            }
            assertThat(server.isOpen()).isTrue();
        }
    }

    @Test
    void an_answer_that_takes_its_time_is_waited_for_once_the_ping_was_answered() throws Exception {
        var node = new FakeNode(home);
        node.agents.add(node.agent("cls", "up"));
        node.done = new CompletableFuture<>();
        try (var server = ControlServer.listen(socket)) {
            server.serve(node.methods());
            var limit = Duration.ofSeconds(1);
            try (var client = ControlClient.connect(home, limit)) {
                node.done.completeOnTimeout(null, 2 * limit.toMillis(), TimeUnit.MILLISECONDS);
                var answer = client.ask(Question.of("stop").with("agents", List.of("cls")));
                assertThat(answer.flag("done")).isTrue();
            }
        }
    }
}
