package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.OrderState;
import dev.steward.bus.Presence;
import dev.steward.config.Heartbeat;
import dev.steward.config.InboxUse;
import dev.steward.config.Via;
import dev.steward.supervise.AgentStatus;
import dev.steward.supervise.AgentStatus.Heard;
import dev.steward.supervise.AgentStatus.Running;
import dev.steward.testing.FakeNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StatusTest {
    private static final Optional<Heartbeat> BEATS = Optional.of(new Heartbeat(
            new Via.Written(Path.of("/hb.json")),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Heartbeat.OnStale.RESTART));
    private static final Optional<Running> PROCESS =
            Optional.of(new Running(4242, "0199-inc", FakeNode.NOW, Duration.ofSeconds(3723)));

    private static final List<InboxStatus> INBOXES = List.of(
            new InboxStatus(new InboxUse("CLC", Optional.empty(), Optional.empty()), Map.of(OrderState.DELIVERED, 12L)),
            new InboxStatus(
                    new InboxUse("OCR", Optional.of("cls"), Optional.of("ocr")),
                    Map.of(OrderState.DROPPED, 1L, OrderState.WORKING, 2L, OrderState.DEAD, 3L)));

    private final FakeNode node = new FakeNode(Path.of("/home/of/it"));

    @Test
    void everything_is_seen_at_a_glance() {
        node.problems.add("state.db: disk full");
        node.incidents.add(FakeNode.incident("web", "crash-loop"));
        node.incidents.add(FakeNode.incident("daemon", "store-damaged"));
        var cls = FakeNode.hearing(
                node.agent(node.config("cls", BEATS), "up", "ready", PROCESS, List.of()),
                new Heard(Optional.of(Duration.ofSeconds(4)), OptionalLong.of(214), "", "counting sheep"));
        var web = node.agent(
                node.config("web", Optional.empty()),
                "backing_off",
                "exit status 1",
                Optional.empty(),
                List.of("crash-loop"));
        assertThat(text(false, cls, web)).isEqualTo("""
                        studio  daemon up 1d01h, pid 99, steward 1.2.3
                        PROBLEM  state.db: disk full

                        NAME  STATE        PID   UPTIME  RESTARTS  FAILURES  HEARTBEAT    NOTE
                        cls   up           4242  1h02m   2         1         4s ago #214  says: counting sheep; last: SIGKILL
                        web   backing_off  -     -       2         1         -            incident: crash-loop; exit status 1; last: SIGKILL
                        INCIDENT  daemon: store-damaged: it is bad

                        1 up, 1 backing off, 2 incidents
                        """);
    }

    @Test
    void a_heartbeat_that_is_not_known_is_said_to_be_unknown() {
        var cls = node.agent(node.config("cls", BEATS), "up", "ready", PROCESS, List.of());
        assertThat(text(false, cls)).containsPattern("cls .* unknown ");
    }

    @Test
    void what_is_wrong_with_a_heartbeat_is_said() {
        var cls = FakeNode.hearing(
                node.agent(node.config("cls", BEATS), "up", "ready", PROCESS, List.of()),
                new Heard(Optional.empty(), OptionalLong.empty(), "its heartbeat file is not there", ""));
        assertThat(text(false, cls)).containsPattern("cls .* unknown .*its heartbeat file is not there");
    }

    @Test
    void a_node_without_agents_says_what_to_do() {
        assertThat(text(false)).contains("No agents. Write them into /home/of/it/steward.yaml");
    }

    @Test
    void colours_come_only_if_asked_for_and_keep_the_columns() {
        var cls = node.agent("cls", "up");
        assertThat(text(false, cls)).doesNotContain("\u001b");
        assertThat(text(true, cls)).contains("\u001b[32mup\u001b[0m").isNotEqualTo(text(false, cls));
        assertThat(text(true, cls).replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(text(false, cls));
    }

    @Test
    void what_an_agent_says_of_itself_cannot_move_the_cursor() {
        var evil = node.agent(
                node.config("evil", Optional.empty()), "failed", "a\u001b[2Jb\nc\u202Ed", Optional.empty(), List.of());
        assertThat(text(false, evil)).contains("a?[2Jb c?d").doesNotContain("\u001b");
    }

    @Test
    void the_json_has_every_member_and_null_for_what_is_not_known() {
        node.incidents.add(FakeNode.incident("web", "crash-loop"));
        var snapshot = new Snapshot(node.info(), List.of(node.agent("web", "stopped")), INBOXES, node.incidents);
        var json = JsonText.of(out -> StatusJson.write(snapshot, ZoneOffset.ofHours(7), out));
        assertThat(JsonMapper.shared().readTree(json))
                .isEqualTo(JsonMapper.shared().readTree("""
                                        {"daemon":{"pid":99,"version":"1.2.3","home":"/home/of/it","config":"/home/of/it/steward.yaml",
                                          "node":"studio","uptime_s":90000,"bus":null,"problems":[]},
                                         "agents":[{"name":"web","label":"label.web","description":"what web is for","state":"stopped",
                                          "ready":false,"pid":null,"uptime_s":null,"restarts":2,"failures":1,"last_exit":"SIGKILL",
                                          "heartbeat_age_s":null,"iter":null,"heartbeat_trouble":null,"says":null,"reason":"reason of web","incarnation":null,
                                          "critical":true,"asked":null,"incidents":[],"log":"/home/of/it/logs/web.log"}],
                                         "inboxes":[{"inbox":"CLC","agent":null,"worker":null,
                                          "orders":{"dropped":0,"delivered":12,"working":0,"failed":0,"dead":0}},
                                          {"inbox":"OCR","agent":"cls","worker":"ocr",
                                          "orders":{"dropped":1,"delivered":0,"working":2,"failed":0,"dead":3}}],
                                         "incidents":[{"id":1,"subject":"web","cause":"crash-loop","detail":"it is bad",
                                          "opened":"2026-01-02T10:04:05.678000+07:00","updated":"2026-01-02T10:04:05.678000+07:00",
                                          "resolved":null,"count":3}]}
                                        """));
    }

    @Test
    void it_tells_of_each_inbox_who_receives_it_and_where_its_orders_are() {
        var snapshot = new Snapshot(node.info(), List.of(node.agent("cls", "up")), INBOXES, List.of());
        assertThat(StatusText.of(snapshot, false)).contains("""

                INBOX  RECEIVER   WORKER  DROPPED  DELIVERED  WORKING  FAILED  DEAD
                CLC    daemon     -       0        12         0        0       0
                OCR    agent cls  ocr     1        0          2        0       3

                1 up
                """);
        assertThat(StatusText.of(snapshot, true)).contains("\u001b[33m3\u001b[0m");
    }

    @Test
    void a_node_that_receives_nothing_says_nothing_of_inboxes() {
        assertThat(text(false, node.agent("cls", "up"))).doesNotContain("INBOX");
    }

    @Test
    void it_tells_how_the_bus_is_once_there_is_one() {
        node.bus = Optional.of(new Presence.Connected("embedded"));
        assertThat(text(false)).contains("\nbus embedded, connected\n");
        node.bus = Optional.of(new Presence.Away("redis", "the password is wrong"));
        assertThat(text(false)).contains("\nbus redis, away\n");
        var snapshot = new Snapshot(node.info(), List.of(), List.of(), List.of());
        assertThat(JsonText.of(out -> StatusJson.write(snapshot, ZoneOffset.UTC, out)))
                .contains("\"bus\":{\"kind\":\"redis\",\"connected\":false,\"reason\":\"the password is wrong\"}");
    }

    private String text(boolean colour, AgentStatus... agents) {
        return StatusText.of(new Snapshot(node.info(), List.of(agents), List.of(), node.incidents), colour);
    }
}
