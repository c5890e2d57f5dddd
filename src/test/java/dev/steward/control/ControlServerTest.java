package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlException.Kind;
import dev.steward.store.TransitionRow;
import dev.steward.testing.Await;
import dev.steward.testing.FakeNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ControlServerTest {
    private static final Limits SMALL =
            new Limits(1000, 3, Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(100));

    @TempDir
    Path home;

    private FakeNode node;
    private Path socket;
    private ControlServer server;

    @BeforeEach
    void open() throws IOException {
        node = new FakeNode(home);
        node.agents.add(node.agent("cls", "up"));
        node.agents.add(node.agent("web", "stopped"));
        socket = SocketPath.prepare(home);
        server = serve(SMALL);
    }

    private ControlServer serve(Limits limits) throws IOException {
        var methods = node.methods();
        var opened = ControlServer.listen(socket, limits);
        opened.serve(methods);
        return opened;
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void its_socket_is_its_owners_alone_and_goes_with_it() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        try (var left = Files.list(home.resolve("run"))) {
            assertThat(left).containsExactly(socket);
        }
        server.close();
        assertThat(socket).doesNotExist();
    }

    @Test
    void a_socket_that_a_killed_daemon_left_is_replaced() throws Exception {
        server.close();
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThatThrownBy(() -> ControlClient.connect(home))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_RUNNING));
        server = serve(SMALL);
        assertThat(ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")).contains("\"pid\":99");
    }

    @Test
    void who_asks_before_it_serves_is_answered_when_it_does() throws Exception {
        server.close();
        server = ControlServer.listen(socket, SMALL);
        var answer = CompletableFuture.supplyAsync(this::ping);
        server.serve(node.methods());
        assertThat(answer.get(10, TimeUnit.SECONDS)).contains("\"pid\":99");
    }

    private String ping() {
        try {
            return ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void it_answers_on_a_home_whose_path_is_too_onefor_a_socket() throws Exception {
        var deep = Files.createDirectories(home.resolve("x".repeat(80)).resolve("y".repeat(80)));
        socket = SocketPath.prepare(deep);
        try (var _ = serve(SMALL);
                var client = ControlClient.connect(deep)) {
            assertThat(client.ask(Question.of("ping")).member("pid")).isEqualTo("99");
        }
    }

    @Test
    void a_client_asks_one_question_after_the_other() throws ControlException {
        try (var client = ControlClient.connect(home)) {
            assertThat(client.ask(Question.of("is_up").with("agent", "cls")).flag("up"))
                    .isTrue();
            assertThat(client.ask(Question.of("is_up").with("agent", "web")).flag("up"))
                    .isFalse();
            assertThat(client.ask(Question.of("status")).text()).startsWith("studio  daemon up");
            assertThat(client.ask(Question.of("log_path").with("agent", "cls")).text())
                    .endsWith("/logs/cls.log");
        }
    }

    @Test
    void malformed_requests_are_answered_and_the_connection_goes_on() throws IOException {
        var requests = """
                {{
                []
                "x"
                {"jsonrpc":"2.0","id":5,"method":"nope"}
                {"jsonrpc":"2.0","id":"a","method":"ping","params":{"x":1}}
                {"jsonrpc":"2.0","id":null,"method":"ping"}
                """;
        assertThat(exchange(requests, 6))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"id\":null", "-32700"),
                        line -> assertThat(line).contains("\"id\":null", "-32600", "batches"),
                        line -> assertThat(line).contains("\"id\":null", "-32600"),
                        line -> assertThat(line).contains("\"id\":5", "-32601", "there is no method nope"),
                        line -> assertThat(line).contains("\"id\":\"a\"", "-32602", "there are no parameters here"),
                        line -> assertThat(line).contains("\"id\":null", "\"result\""));
    }

    @Test
    void what_is_not_utf_8_is_malformed() throws IOException {
        try (var client = client()) {
            client.write(ByteBuffer.wrap(new byte[] {'"', (byte) 0xff, '"', '\n'}));
            assertThat(reader(client).readLine()).contains("-32700", "not UTF-8");
        }
    }

    @Test
    void a_notification_is_done_and_gets_no_answer() throws IOException {
        var requests = """
                {"jsonrpc":"2.0","method":"reload"}
                {"jsonrpc":"2.0","method":"nope"}
                {"jsonrpc":"2.0","id":1,"method":"ping"}
                """;
        assertThat(exchange(requests, 1)).singleElement().asString().contains("\"id\":1");
        assertThat(node.asked).containsExactly("reload");
    }

    @Test
    void a_huge_request_is_refused_and_the_connection_goes_on() throws IOException {
        assertThat(exchange(
                        "{\"x\":\"" + "a".repeat(50_000) + "\"}\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n",
                        2))
                .satisfiesExactly(
                        line -> assertThat(line).contains("-32600", "at most 1000 bytes"),
                        line -> assertThat(line).contains("\"result\""));
    }

    @Test
    void who_does_not_finish_a_request_in_time_is_cut_off() throws IOException {
        try (var client = client()) {
            client.write(ByteBuffer.wrap("{\"jsonrpc\"".getBytes(StandardCharsets.UTF_8)));
            assertThat(reader(client).readLine()).isNull();
        }
    }

    @Test
    void who_asks_nothing_is_cut_off_too() throws Exception {
        try (var silent = client();
                var satisfied = client()) {
            satisfied.write(ByteBuffer.wrap("\n".getBytes(StandardCharsets.UTF_8)));
            var answers = reader(satisfied);
            assertThat(answers.readLine()).contains("-32600");
            assertThat(answers.readLine()).isNull();
            assertThat(reader(silent).readLine()).isNull();
        }
    }

    @Test
    void idle_clients_do_not_lock_others_out() throws Exception {
        var idle = new ArrayList<SocketChannel>();
        for (var i = 0; i < SMALL.connections(); i++) {
            idle.add(client());
        }
        Await.until("a place is free", () -> {
            try (var client = ControlClient.connect(home)) {
                return client.ask(Question.of("ping")).flag("ready");
            } catch (ControlException e) {
                assertThat(e.kind()).isEqualTo(Kind.BUSY);
                return false;
            }
        });
        for (var client : idle) {
            client.close();
        }
    }

    @Test
    void one_client_too_many_is_told_so_and_let_in_when_another_left() throws Exception {
        var clients = new ArrayList<SocketChannel>();
        for (var i = 0; i < SMALL.connections(); i++) {
            clients.add(client());
            clients.getLast().write(ByteBuffer.wrap("\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(reader(clients.getLast()).readLine()).contains("-32600");
        }
        try (var last = client()) {
            assertThat(reader(last).readLine()).contains("-32003", "too many connections: there are 3 already");
        }
        clients.removeLast().close();
        Await.until("a place is free", () -> {
            try (var client = ControlClient.connect(home)) {
                return client.ask(Question.of("ping")).flag("ready");
            } catch (ControlException e) {
                return false;
            }
        });
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void a_follower_sees_what_comes() throws Exception {
        node.transitions.add(FakeNode.transition(1, "cls", "stopped", "starting"));
        var lines = new CopyOnWriteArrayList<String>();
        var following = CompletableFuture.runAsync(() -> {
            try (var client = ControlClient.connect(home)) {
                client.ask(Question.of("events").with("follow", true), lines::add);
            } catch (ControlException e) {
                lines.add(String.valueOf(e.kind()));
            }
        });
        Await.until("the first line", () -> lines.size() == 1);
        node.transitions.add(FakeNode.transition(2, "cls", "starting", "up"));
        Await.until("the second line", () -> lines.size() == 2);
        assertThat(lines.get(1)).contains("starting -> up");
        server.close();
        following.join();
        assertThat(lines.getLast()).isEqualTo("NO_ANSWER");
    }

    @Test
    void followers_that_went_away_leave_their_place() throws Exception {
        for (var round = 0; round < 2 * SMALL.connections(); round++) {
            Await.until("a place", () -> {
                try (var client = client()) {
                    client.write(ByteBuffer.wrap(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"events\",\"params\":{\"follow\":true}}\n"
                                    .getBytes(StandardCharsets.UTF_8)));
                    return reader(client).readLine().contains("\"pulse\"");
                }
            });
        }
    }

    @Test
    void a_follower_that_does_not_read_is_cut_off() throws Exception {
        var one = FakeNode.transition(1, "cls" + "x".repeat(100_000), "stopped", "starting");
        for (var seq = 1; seq <= 400; seq++) {
            node.transitions.add(new TransitionRow(
                    seq, one.agent(), "a", "b", "", one.incarnation(), one.pid(), one.at(), 0, "boot"));
        }
        try (var deaf = client()) {
            deaf.write(
                    ByteBuffer.wrap("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"events\",\"params\":{\"limit\":400}}\n"
                            .getBytes(StandardCharsets.UTF_8)));
            assertThat(ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
                    .as("others are served meanwhile")
                    .contains("\"result\"");
            Await.until("it was cut off", () -> {
                deaf.configureBlocking(false);
                return writeFails(deaf);
            });
        }
    }

    private static boolean writeFails(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap("\n".getBytes(StandardCharsets.UTF_8)));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void start_waits_and_tells_what_became_of_them() throws ControlException {
        node.agents.add(node.agent("broken", "failed"));
        try (var client = ControlClient.connect(home)) {
            var well = client.ask(Question.of("start").with("agents", List.of("web")));
            assertThat(well.flag("well")).isTrue();
            assertThat(well.text("text")).isEqualTo("web  up  pid 4242\n");
            var bad = client.ask(Question.of("start").with("all", true));
            assertThat(bad.flag("done")).isTrue();
            assertThat(bad.flag("well")).isFalse();
            assertThat(bad.text("text")).contains("broken  failed  reason of broken");
        }
        assertThat(node.asked).containsExactly("start web", "start cls,web,broken");
    }

    @Test
    void what_ended_badly_did_not_start_well_and_what_left_something_behind_did_not_stop_well()
            throws ControlException {
        node.done = new CompletableFuture<>();
        has("migrate", "ended", List.of());
        has("broken", "ended", List.of("ended-badly"));
        has("gone", "stopped", List.of());
        has("stubborn", "stopped", List.of("leftovers"));
        assertThat(isWell("start", "migrate")).isTrue();
        assertThat(isWell("start", "broken")).isFalse();
        assertThat(isWell("stop", "gone")).isTrue();
        assertThat(isWell("stop", "stubborn")).isFalse();
    }

    private void has(String name, String state, List<String> incidents) {
        var config = node.config(name, Optional.empty());
        node.agents.add(node.agent(config, state, "why", Optional.empty(), incidents));
    }

    private boolean isWell(String method, String agent) throws ControlException {
        try (var client = ControlClient.connect(home)) {
            return client.ask(Question.of(method).with("agents", List.of(agent)).with("timeout_s", 0))
                    .flag("well");
        }
    }

    @Test
    void it_does_not_wait_longer_than_it_was_asked_to() throws ControlException {
        node.done = new CompletableFuture<>();
        try (var client = ControlClient.connect(home)) {
            var answer = client.ask(
                    Question.of("stop").with("agents", List.of("cls")).with("timeout_s", 0));
            assertThat(answer.flag("done")).isFalse();
            assertThat(client.ask(Question.of("stop")
                                    .with("agents", List.of("cls"))
                                    .with("wait", false))
                            .text("text"))
                    .isEmpty();
        }
    }

    @Test
    void it_does_not_wait_for_what_nobody_waits_for_any_more() throws Exception {
        node.done = new CompletableFuture<>();
        for (var round = 0; round < 2 * SMALL.connections(); round++) {
            Await.until("a place", () -> {
                try (var client = client()) {
                    client.write(ByteBuffer.wrap(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"stop\",\"params\":{\"all\":true}}\n"
                                    .getBytes(StandardCharsets.UTF_8)));
                    return reader(client).readLine().contains("\"pulse\"");
                }
            });
        }
    }

    @Test
    void a_client_that_waits_long_gets_its_answer() throws Exception {
        node.done = new CompletableFuture<>();
        try (var client = client()) {
            client.write(ByteBuffer.wrap(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"stop\",\"params\":{\"agents\":[\"cls\"]}}\n"
                            .getBytes(StandardCharsets.UTF_8)));
            var answers = reader(client);
            for (var pulse = 0; pulse < 5; pulse++) {
                assertThat(answers.readLine())
                        .as("longer than a request may take to send")
                        .contains("\"pulse\"");
            }
            node.done.complete(null);
            Await.until("the answer", () -> answers.readLine().contains("\"done\":true"));
        }
    }

    @Test
    void wrong_parameters_are_named() throws IOException {
        assertThat(call("start", "{\"agents\":\"cls\"}")).contains("-32602", "parameter agents");
        assertThat(call("start", "{\"agents\":[1]}")).contains("-32602", "parameter agents");
        assertThat(call("start", "{\"agents\":[]}")).contains("-32602", "names none");
        assertThat(call("start", "{\"agents\":[\"nope\"]}")).contains("-32602", "There is no agent 'nope'");
        assertThat(call("start", "{}")).contains("-32602", "parameter agents: is missing");
        assertThat(call("start", "{\"all\":true,\"agents\":[\"cls\"]}")).contains("-32602");
        assertThat(call("start", "{\"all\":true,\"timeout_s\":-1}")).contains("-32602", "timeout_s");
        assertThat(call("signal", "{\"agent\":\"cls\",\"signal\":\"NOPE\"}")).contains("-32602", "NOPE");
        assertThat(call("status", "{\"format\":\"xml\"}")).contains("-32602", "format");
        assertThat(call("status", "{\"format\":{}}")).contains("-32602", "has to be a string");
        assertThat(call("status", "{\"farmat\":\"text\"}")).contains("-32602", "known here: ");
        assertThat(call("history", "{\"agent\":\"cls\",\"limit\":99999999999999999999}"))
                .contains("-32602", "limit");
    }

    @Test
    void a_fault_is_told_without_its_trace() throws IOException {
        node.done = CompletableFuture.failedFuture(new IllegalStateException("boom"));
        assertThat(call("stop", "{\"agents\":[\"cls\"]}"))
                .contains("-32603", "boom", "the daemon's log has more")
                .doesNotContain("\tat ");
    }

    @Test
    void the_daemon_leaves_after_the_answer_was_sent() throws Exception {
        var lines = new ArrayList<String>();
        try (var client = ControlClient.connect(home)) {
            client.ask(Question.of("down").with("now", true), lines::add);
        }
        assertThat(lines).containsExactly("stopping cls", "all stopped");
        Await.until("it leaves", () -> node.asked.size() == 2);
        assertThat(node.asked).containsExactly("down keep=false now=true", "leave");
    }

    @Test
    void the_daemon_stays_if_it_is_asked_to_go_down_in_words_that_make_no_sense() throws Exception {
        for (var params : List.of("{\"now\":5}", "{\"keep_agent\":true}")) {
            assertThat(ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"down\",\"params\":" + params + "}"))
                    .contains("\"error\"");
        }
        assertThat(ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")).contains("\"pid\":99");
        assertThat(node.asked).isEmpty();
    }

    @Test
    void the_daemon_goes_down_and_leaves_even_if_nobody_waits_for_it() throws Exception {
        try (var client = client()) {
            client.write(ByteBuffer.wrap(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"down\"}\n".getBytes(StandardCharsets.UTF_8)));
        }
        Await.until("it leaves", () -> node.asked.contains("leave"));
    }

    @Test
    void its_methods_are_listed_by_the_table_that_dispatches() throws ControlException {
        try (var client = ControlClient.connect(home)) {
            assertThat(client.ask(Question.of("methods")).json())
                    .contains(
                            "\"ping\"",
                            "\"status\"",
                            "\"is_up\"",
                            "\"start\"",
                            "\"stop\"",
                            "\"restart\"",
                            "\"signal\"",
                            "\"history\"",
                            "\"events\"",
                            "\"log_path\"",
                            "\"incidents\"",
                            "\"reload\"",
                            "\"down\"",
                            "\"methods\"");
        }
    }

    @Test
    void a_daemon_that_does_not_answer_is_not_waited_for() throws Exception {
        node.done = new CompletableFuture<>();
        try (var client = ControlClient.connect(home).within(Duration.ofMillis(50))) {
            assertThatThrownBy(() -> client.ask(Question.of("stop").with("agents", List.of("cls"))))
                    .isInstanceOfSatisfying(
                            ControlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SILENT));
        }
    }

    private String call(String method, String params) throws IOException {
        return ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}");
    }

    private String ask(String line) throws IOException {
        return exchange(line + "\n", 1).getFirst();
    }

    private List<String> exchange(String lines, int answers) throws IOException {
        try (var client = client()) {
            client.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
            var reader = reader(client);
            var read = new ArrayList<String>();
            for (var i = 0; i < answers; i++) {
                read.add(reader.readLine());
            }
            return read;
        }
    }

    private SocketChannel client() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    private static BufferedReader reader(SocketChannel client) {
        return new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
    }
}
