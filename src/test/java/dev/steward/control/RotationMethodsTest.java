package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlException.Kind;
import dev.steward.logs.Outcome.Result;
import dev.steward.testing.Await;
import dev.steward.testing.FakeNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RotationMethodsTest {
    @TempDir
    Path home;

    private FakeNode node;
    private ControlServer server;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        node = new FakeNode(home);
        server = ControlServer.listen(SocketPath.prepare(home));
        server.serve(node.methods());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Answer ask(Question question) throws ControlException {
        try (var client = ControlClient.connect(home)) {
            return client.ask(question, lines::add);
        }
    }

    @Test
    void each_outcome_is_told_as_an_object_before_the_answer() throws ControlException {
        node.outcomes.add(node.outcome("a\nb.log", Result.ROTATED, ""));
        node.outcomes.add(node.outcome("c.log", Result.NOT_DUE, ""));

        var answer = ask(Question.of("rotate"));

        assertThat(lines)
                .containsExactly(
                        "{\"log\":\"" + home
                                + "/logs/a\\nb.log\",\"result\":\"rotated\",\"way\":\"cut\",\"bytes\":1234567,"
                                + "\"archive\":\"" + home + "/logs/a\\nb.log.1.gz\",\"took_ms\":1.234,\"lossy\":\"no\","
                                + "\"dropped\":0,\"reason\":\"\",\"at\":\"2026-01-02T03:04:05.678000+00:00\"}",
                        "{\"log\":\"" + home + "/logs/c.log\",\"result\":\"not-due\",\"way\":null,\"bytes\":0,"
                                + "\"archive\":null,\"took_ms\":1.234,\"lossy\":\"no\",\"dropped\":0,\"reason\":\"\","
                                + "\"at\":\"2026-01-02T03:04:05.678000+00:00\"}");
        assertThat(answer.flag("well")).isTrue();
        assertThat(answer.member("rotated")).isEqualTo("1");
        assertThat(answer.member("not_due")).isEqualTo("1");
        assertThat(answer.member("bytes")).isEqualTo("1234567");
        assertThat(answer.text("text")).contains("a\\nb.log", "1.2 MB").doesNotContain("a\nb");
        assertThat(node.asked).containsExactly("rotate [] dry=false force=false", "rotated");
    }

    @Test
    void what_is_wished_reaches_the_daemon() throws ControlException {
        ask(Question.of("rotate")
                .with("paths", List.of(home + "/x/../logs/a\nb.log"))
                .with("dry_run", true)
                .with("force", true));
        assertThat(node.asked).containsExactly("rotate [" + home + "/logs/a\nb.log] dry=true force=true", "rotated");
    }

    @Test
    void what_is_no_log_is_refused() {
        assertMisuse(List.of("/somewhere/else"), "is no log of the configuration");
        assertMisuse(List.of("logs/a.log"), "logs/a.log is not absolute");
        assertMisuse(List.of("/a\0\n"), "parameter paths: /a\\u0000\\n is no path");
        assertThat(node.asked).isEmpty();
    }

    private void assertMisuse(List<String> paths, String message) {
        assertThatThrownBy(() -> ask(Question.of("rotate").with("paths", paths)))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISUSE))
                .hasMessageContaining(message);
    }

    @Test
    void a_client_that_goes_away_ends_no_rotation() throws Exception {
        for (var i = 0; i < 2_000; i++) {
            node.outcomes.add(node.outcome("a.log", Result.ROTATED, "x".repeat(500)));
        }
        try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(SocketPath.of(home)));
            client.write(ByteBuffer.wrap(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rotate\"}\n".getBytes(StandardCharsets.UTF_8)));
            Await.until("it was begun", () -> !node.asked.isEmpty());
        }
        Await.until("it was done to its end", () -> node.asked.contains("rotated"));
    }

    @Test
    void rotations_tells_what_is_remembered_of_each_log() throws ControlException {
        node.rotations.add(node.failing("a.log"));
        assertThat(ask(Question.of("rotations")).text())
                .startsWith("LOG ")
                .contains("a.log  failed  2026-01-02 03:04:05.678")
                .contains("fails since 2026-01-02 03:03:05.678, 3 times; rotated last 2026-01-02 02:04:05.678:"
                        + " the disk is full\n");
        assertThat(ask(Question.of("rotations").with("format", "json")).json())
                .contains("\"result\":\"failed\"")
                .contains("\"rotated\":\"2026-01-02T02:04:05.678000+00:00\",\"rotations\":2,\"bytes_total\":2000000,"
                        + "\"failing_since\":\"2026-01-02T03:03:05.678000+00:00\",\"failures\":3}]");
    }

    @Test
    void nothing_is_remembered_of_a_new_node() throws ControlException {
        assertThat(ask(Question.of("rotations")).text()).isEmpty();
        assertThat(ask(Question.of("rotations").with("format", "json")).json()).isEqualTo("[]");
    }
}
