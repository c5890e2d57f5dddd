package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.control.ControlException.Kind;
import dev.steward.testing.Await;
import dev.steward.testing.FakeLedger;
import dev.steward.testing.FakeNode;
import dev.steward.testing.FakeOrders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class OrderMethodsTest {
    @TempDir
    Path home;

    private final FakeLedger ledger = new FakeLedger();
    private final List<String> lines = new ArrayList<>();
    private ControlServer server;

    @BeforeEach
    void open() throws IOException {
        var node = new FakeNode(home);
        node.orders = () -> ledger;
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

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static Question change(String id, String change) {
        return Question.of("order_change").with("id", id).with("change", change).with("by", "kim");
    }

    private static Question waiting(String id) {
        return Question.of("order_wait").with("id", id);
    }

    @Test
    void orders_are_listed_newest_first() throws ControlException {
        ledger.put(FakeOrders.in(OrderState.DONE, 1));
        ledger.put(FakeOrders.row(
                OrderState.DEAD,
                "no such customer",
                2,
                new Heading("WO-2", "CLC", "CLS", "P1", "Evil \u001b[2J title", "", FakeNode.NOW)));
        assertThat(ask(Question.of("orders")).text()).isEqualTo("""
                ID    STATE  TO   FROM  PRIORITY  AGE    TITLE            NOTE
                WO-2  dead   CLC  CLS   P1        1m30s  Evil ?[2J title  no such customer
                WO-1  done   CLC  CLS   P3        1m30s  Order 1
                """);
    }

    @Test
    void no_order_is_no_table() throws ControlException {
        assertThat(ask(Question.of("orders")).text()).isEmpty();
    }

    @Test
    void for_programs_each_order_is_an_object_in_a_line_and_the_answer_their_number() throws ControlException {
        for (var i = 1; i <= 120; i++) {
            ledger.put(FakeOrders.in(OrderState.DONE, i));
        }
        var answer = ask(Question.of("orders").with("format", "json").with("limit", 110));
        assertThat(answer.json()).isEqualTo("110");
        assertThat(lines).hasSize(110);
        assertThat(json(lines.getFirst()).get("wo_id").asString()).isEqualTo("WO-120");
        assertThat(json(lines.getLast()).get("wo_id").asString()).isEqualTo("WO-11");
        // What attempts wrote may be long, and many are listed.
        assertThat(lines.getFirst()).doesNotContain("first line");
        assertThat(ledger.largestPage).isEqualTo(50);
    }

    @Test
    void they_are_chosen_by_state_in_old_words_too_by_inbox_and_by_time() throws ControlException {
        ledger.put(FakeOrders.in(OrderState.DROPPED, 1));
        ledger.put(FakeOrders.in(OrderState.DONE, 2));
        assertThat(listed(Question.of("orders").with("states", List.of("QUEUED", "dead"))))
                .containsExactly("WO-1");
        assertThat(listed(Question.of("orders").with("to", "clc"))).containsExactly("WO-2", "WO-1");
        assertThat(listed(Question.of("orders").with("to", "other"))).isEmpty();
        var since = FakeNode.NOW.minusSeconds(90);
        assertThat(listed(Question.of("orders").with("since", since.toString())))
                .hasSize(2);
        assertThat(listed(
                        Question.of("orders").with("since", since.plusMillis(1).toString())))
                .isEmpty();
        assertThat(listed(Question.of("orders").with("limit", 0))).isEmpty();
    }

    private List<String> listed(Question question) throws ControlException {
        lines.clear();
        ask(question.with("format", "json"));
        return lines.stream().map(line -> json(line).get("wo_id").asString()).toList();
    }

    @Test
    void what_makes_no_sense_is_refused() {
        for (var wrong : List.of(
                Question.of("orders").with("states", List.of("sleeping")),
                Question.of("orders").with("since", "yesterday"),
                Question.of("orders").with("limit", 10_001),
                Question.of("order"),
                Question.of("order_change").with("id", "WO-1").with("change", "eat"),
                Question.of("order_change")
                        .with("id", "WO-1")
                        .with("change", "done")
                        .with("output", "x".repeat(Result.OUTPUT_LIMIT + 1)),
                waiting("WO-1").with("until", "doomsday"),
                waiting("WO-1").with("timeout_s", 86_401))) {
            assertThatThrownBy(() -> ask(wrong))
                    .asInstanceOf(InstanceOfAssertFactories.type(ControlException.class))
                    .extracting(ControlException::kind)
                    .isEqualTo(Kind.MISUSE);
        }
    }

    @Test
    void one_order_is_shown_whole() throws ControlException {
        ledger.put(FakeOrders.in(OrderState.FAILED, 7));
        assertThat(ask(Question.of("order").with("id", "WO-7")).text()).isEqualTo("""
                WO-7  failed
                  title         Order 7
                  to            CLC
                  from          CLS
                  priority      P3
                  tags          a,b
                  created       2026-01-02 03:02:35.678
                  known         2026-01-02 03:02:35.678, dropped here
                  changed       2026-01-02 03:04:04.678
                  acknowledged  2026-01-02 03:02:36.678 by clc on studio, after 12 ms
                  attempts      1
                  next attempt  2026-01-02 03:04:10.678
                  envelope      SHA-256 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                  body          SHA-256 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, 1.2 kB
                  result        failed at 2026-01-02 03:04:03.678 by clc, attempt 1 took 5.25 s, exit status 3: exit status 3
                output:
                  first line
                  second ?[2J line
                """);
        assertThat(ask(Question.of("order").with("id", "nope")).json()).isEqualTo("null");
    }

    @Test
    void one_order_has_all_members_for_programs() throws ControlException {
        ledger.put(FakeOrders.in(OrderState.WORKING, 7));
        var answer = ask(Question.of("order").with("id", "WO-7").with("format", "json"));
        assertThat(json(answer.json())).isEqualTo(json("""
                {"wo_id":"WO-7","state":"working","to":"CLC","from":"CLS","priority":"P3","title":"Order 7","tags":"a,b",
                 "created_at":"2026-01-02T03:02:35.678000+00:00","reason":"","attempt":1,"due":null,"origin":"dropped_here",
                 "sha256_wo":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                 "sha256_body":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","body_bytes":1234,
                 "since":"2026-01-02T03:02:35.678000+00:00","changed":"2026-01-02T03:04:04.678000+00:00",
                 "work":{"worker":"clc","pid":4242,"since":"2026-01-02T03:04:02.678000+00:00"},
                 "acknowledgement":{"by":"clc","node":"studio","incarnation":"0199-inc",
                  "ts":"2026-01-02T03:02:36.678000+00:00","latency_ms":12},
                 "result":null,"place":null,"folder":null,"unreceived":null}
                """));
        ledger.put(FakeOrders.in(OrderState.DONE, 8));
        assertThat(json(ask(Question.of("order").with("id", "WO-8").with("format", "json"))
                                .json())
                        .get("result"))
                .isEqualTo(json("""
                        {"status":"success","by":"clc","attempt":1,"took_ms":5250,"exit":0,"reason":"",
                         "output":"first line\\nsecond \\u001b[2J line\\n","at":"2026-01-02T03:04:03.678000+00:00"}
                        """));
    }

    @Test
    void an_order_is_changed_by_hand_or_it_is_said_why_not() throws ControlException {
        ledger.put(FakeOrders.in(OrderState.DEAD, 1));
        var retried = ask(change("WO-1", "retry"));
        assertThat(retried.text("state")).isEqualTo("delivered");
        assertThat(retried.flag("known")).isTrue();
        var again = ask(change("WO-1", "retry"));
        assertThat(again.member("state")).isEqualTo("null");
        assertThat(again.text("refused")).isEqualTo("it is delivered, so it can't be retried");
        assertThat(ask(change("nope", "retry")).flag("known")).isFalse();
        assertThat(ask(change("WO-1", "cancel")).text("state")).isEqualTo("dead");
        assertThat(ledger.changes).contains(new Change.Retry("kim"), new Change.Cancel("kim"));
    }

    @Test
    void who_answers_for_himself_is_recorded_with_the_time_since_the_acknowledgement() throws ControlException {
        ledger.put(FakeOrders.in(OrderState.DELIVERED, 1));
        assertThat(ask(change("WO-1", "done").with("output", "all sent")).text("state"))
                .isEqualTo("done");
        var result = ledger.rows.getFirst().result().orElseThrow();
        assertThat(result.success()).isTrue();
        assertThat(result.by()).isEqualTo("kim");
        assertThat(result.attempt()).isEqualTo(1);
        assertThat(result.took()).isEqualTo(Duration.ofSeconds(89));
        assertThat(result.output()).isEqualTo("all sent");
        assertThat(result.at()).isEqualTo(FakeNode.NOW);
    }

    @Test
    void what_fails_or_is_given_up_by_hand_has_a_reason() throws ControlException {
        ledger.put(FakeOrders.in(OrderState.WORKING, 1));
        assertThat(ask(change("WO-1", "fail")).text("state")).isEqualTo("dead");
        assertThat(ledger.rows.getFirst().result().orElseThrow().reason()).isEqualTo("failed, says kim");
        ledger.put(FakeOrders.in(OrderState.DROPPED, 2));
        ask(change("WO-2", "abandon").with("reason", "too old"));
        assertThat(ledger.changes).contains(new Change.Abandon("kim", "too old"));
    }

    @Test
    void who_waits_is_answered_when_it_happens() throws Exception {
        ledger.put(FakeOrders.in(OrderState.DROPPED, 1));
        var answer = CompletableFuture.supplyAsync(() -> quietly(waiting("WO-1")));
        Await.until("somebody waits", () -> ledger.watchers() == 1);
        assertThat(answer).isNotDone();
        ledger.put(FakeOrders.in(OrderState.DELIVERED, 1));
        assertThat(answer.get().text("verdict")).isEqualTo("well");
        assertThat(answer.get().text("text")).isEqualTo("WO-1 is acknowledged by clc on studio, after 12 ms");
        Await.until("nobody waits any more", () -> ledger.watchers() == 0);
    }

    private Answer quietly(Question question) {
        try {
            return ask(question);
        } catch (ControlException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_wait_may_end_badly_or_late() throws ControlException {
        ledger.put(FakeOrders.row(
                OrderState.ABANDONED, "too old", 1, new Heading("WO-1", "CLC", "CLS", "P3", "t", "", FakeNode.NOW)));
        assertThat(ask(waiting("WO-1")).text("verdict")).isEqualTo("bad");
        assertThat(ask(waiting("WO-1")).text("text")).isEqualTo("WO-1 is abandoned: too old");
        ledger.put(FakeOrders.in(OrderState.DELIVERED, 2));
        var late = ask(waiting("WO-2").with("until", "result").with("timeout_s", 0));
        assertThat(late.text("verdict")).isEqualTo("waiting");
        assertThat(json(late.member("order")).get("state").asString()).isEqualTo("delivered");
        ledger.put(FakeOrders.in(OrderState.DONE, 2));
        assertThat(ask(waiting("WO-2").with("until", "result")).text("text"))
                .isEqualTo("WO-2 is done, by clc, attempt 1 took 5.25 s");
        ledger.put(FakeOrders.in(OrderState.DEAD, 2));
        assertThat(ask(waiting("WO-2").with("until", "result")).text("verdict")).isEqualTo("bad");
        assertThat(ask(waiting("nope")).member("verdict")).isEqualTo("null");
    }

    @Test
    void a_bus_that_is_not_to_be_had_is_told_with_its_reason() {
        ledger.trouble = Optional.of(new BusException(BusException.Kind.FULL, "bus.db: no room"));
        assertThatThrownBy(() -> ask(Question.of("orders")))
                .hasMessage("bus.db: no room")
                .asInstanceOf(InstanceOfAssertFactories.type(ControlException.class))
                .extracting(ControlException::kind)
                .isEqualTo(Kind.UNAVAILABLE);
    }
}
