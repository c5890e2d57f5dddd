package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.OrderState;
import dev.steward.control.ControlServer;
import dev.steward.control.SocketPath;
import dev.steward.logs.Outcome;
import dev.steward.testing.FakeLedger;
import dev.steward.testing.FakeNode;
import dev.steward.testing.FakeOrders;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/control.md} against a real server. */
@Timeout(30)
class ControlDocTest {
    private static final Pattern CODE = Pattern.compile("`([a-z][a-z0-9_]*)`");

    @TempDir
    Path home;

    private FakeNode node;
    private ControlServer server;

    @BeforeEach
    void open() throws IOException {
        node = new FakeNode(home);
        node.agents.add(node.agent("cls", "up"));
        node.agents.add(node.agent("web", "stopped"));
        node.transitions.add(FakeNode.transition(1, "cls", "starting", "up"));
        node.incidents.add(FakeNode.incident("cls", "crash-loop"));
        var methods = node.methods();
        server = ControlServer.listen(SocketPath.prepare(home));
        server.serve(methods);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void it_tells_of_every_method_with_its_parameters_and_of_no_other() throws IOException {
        var listed = new ArrayList<String>();
        var rows = Document.of("docs/control.md").rows("## Methods");
        for (var method : result("methods", "{}")) {
            var name = method.get("name").asString();
            listed.add("`" + name + "`");
            var row = rows.stream()
                    .filter(cells -> cells.getFirst().equals("`" + name + "`"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("docs/control.md does not tell of " + name));
            for (var param : method.get("params")) {
                assertThat(row.get(1).replace("as `start`", "`agents` `all` `wait` `timeout_s`"))
                        .as("parameters of " + name)
                        .contains("`" + param.get("name").asString() + "`");
            }
        }
        assertThat(rows.stream().map(List::getFirst)).containsExactlyElementsOf(listed);
    }

    @Test
    void its_examples_are_answered_as_it_says() throws IOException {
        var lines = Document.of("docs/control.md").blocks("jsonrpc").getFirst().lines();
        try (var client = new Client(home)) {
            for (var line : lines.toList()) {
                if (line.startsWith("> ")) {
                    client.send(line.substring(2));
                } else {
                    assertThat("< " + client.line()).isEqualTo(line);
                }
            }
        }
        assertThat(node.asked).contains("start web", "signal cls HUP");
    }

    @Test
    void it_tells_of_every_member_of_the_status_and_of_a_transition() throws IOException {
        var document = Document.of("docs/control.md");
        var status = result("status", "{\"format\":\"json\"}");
        var members = new TreeSet<>(status.propertyNames());
        members.addAll(status.get("daemon").propertyNames());
        members.addAll(status.get("agents").get(0).propertyNames());
        members.addAll(status.get("incidents").get(0).propertyNames());
        assertThat(coded(document.chapter("### status"))).containsAll(members);
        assertThat(coded(document.chapter("### Transitions")))
                .containsAll(result("history", "{\"agent\":\"cls\",\"format\":\"json\"}")
                        .get(0)
                        .propertyNames());
    }

    @Test
    void it_tells_of_every_member_of_a_rotation() throws IOException {
        node.rotations.add(node.failing("cls.log"));
        node.outcomes.add(node.outcome("cls.log", Outcome.Result.ROTATED, ""));
        var told = coded(Document.of("docs/control.md").chapter("### rotate"));
        assertThat(told)
                .containsAll(result("rotations", "{\"format\":\"json\"}").get(0).propertyNames());
        try (var client = new Client(home)) {
            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rotate\"}");
            var line = JsonMapper.shared().readTree(client.line()).get("params").get("text");
            assertThat(told)
                    .containsAll(JsonMapper.shared().readTree(line.asString()).propertyNames());
            assertThat(told)
                    .containsAll(JsonMapper.shared()
                            .readTree(client.line())
                            .get("result")
                            .propertyNames());
        }
    }

    @Test
    void it_tells_of_every_member_of_an_order() throws IOException {
        var ledger = new FakeLedger();
        node.orders = () -> ledger;
        ledger.put(FakeOrders.in(OrderState.WORKING, 1));
        ledger.put(FakeOrders.in(OrderState.DONE, 2));
        var told = coded(Document.of("docs/control.md").chapter("### orders"));
        for (var id : List.of("WO-1", "WO-2")) {
            var order = result("order", "{\"id\":\"" + id + "\",\"format\":\"json\"}");
            assertThat(told).containsAll(order.propertyNames());
            for (var part : List.of("work", "acknowledgement", "result")) {
                assertThat(told).containsAll(order.get(part).propertyNames());
            }
        }
        assertThat(told)
                .contains(Stream.of(OrderState.values()).map(OrderState::word).toArray(String[]::new));
        var table = coded(Document.of("docs/control.md").chapter("## Methods"));
        assertThat(table).containsAll(result("order_wait", "{\"id\":\"WO-1\"}").propertyNames());
        assertThat(table)
                .containsAll(result("order_change", "{\"id\":\"WO-1\",\"change\":\"cancel\"}")
                        .propertyNames());
    }

    private static Set<String> coded(String text) {
        var words = new TreeSet<String>();
        CODE.matcher(text).results().forEach(match -> words.add(match.group(1)));
        return words;
    }

    private JsonNode result(String method, String params) throws IOException {
        try (var client = new Client(home)) {
            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}");
            return JsonMapper.shared().readTree(client.line()).get("result");
        }
    }

    private record Client(SocketChannel channel, BufferedReader in) implements AutoCloseable {
        Client(Path home) throws IOException {
            this(SocketChannel.open(StandardProtocolFamily.UNIX));
            channel.connect(UnixDomainSocketAddress.of(SocketPath.of(home)));
        }

        private Client(SocketChannel channel) {
            this(channel, new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)));
        }

        void send(String line) throws IOException {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }

        String line() throws IOException {
            return String.valueOf(in.readLine());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
