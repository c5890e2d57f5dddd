package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.bytes;
import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.order;
import static dev.steward.bus.ledger.Outgoing.Kind.ORDER;
import static dev.steward.bus.ledger.Outgoing.Kind.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.steward.bus.Accepted;
import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppingTest extends LedgerRig {
    @Test
    void of_an_order_that_was_dropped_all_is_known() throws Exception {
        var order = drop("WO-1");
        restart();
        assertThat(ledger.order("WO-1"))
                .contains(new OrderRow(
                        1,
                        order.heading(),
                        OrderRow.Origin.DROPPED_HERE,
                        false,
                        OrderState.DROPPED,
                        "",
                        0,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OrderRow.Hashes(order.sha256(), order.body().sha256()),
                        order.body().size(),
                        now,
                        now));
        assertThat(ledger.workOrder("WO-1")).contains(order);
        assertThat(ledger.waiting("clc", 10, List.of())).containsExactly(order);
    }

    @Test
    void what_was_dropped_is_owed_to_the_audit_trail() throws Exception {
        var order = drop("WO-1");
        var owed = onlyRecord();
        assertThat(owed.event()).isEqualTo("wo_drop");
        assertThat(owed.fields())
                .containsExactly(
                        entry("wo_id", "WO-1"),
                        entry("priority", "P3"),
                        entry("title", "CLS Self-Test"),
                        entry("from", "CLS"),
                        entry("to", "CLC"),
                        entry("sha256_wo", order.sha256()),
                        entry("sha256_body", order.body().sha256()),
                        entry("redis_ack", 0L));
    }

    @Test
    void the_record_of_an_order_that_goes_over_redis_says_that_it_is_acknowledged_from_there() throws Exception {
        restartLinked();
        drop("WO-1");
        assertThat(onlyRecord().fields()).containsEntry("redis_ack", 1L);
    }

    @Test
    void what_was_not_taken_is_not_owed() throws Exception {
        var order = drop("WO-1");
        recordsSoFar();
        ledger.drop(order);
        ledger.drop(order("WO-1", "CLD"));
        ledger.drop(order("wo-1", "CLC"));
        assertThat(ledger.owed(10)).isEmpty();
        assertThat(ledger.outgoing(10)).isEmpty();
    }

    @Test
    void a_conflict_says_what_differs() throws Exception {
        drop("WO-1");
        assertThat(reason(order("wo-1", "CLC"))).contains("WO-1").contains("letters");
        assertThat(reason(order("WO-1", "CLD"))).contains("inbox CLC");
        assertThat(reason(BusSamples.with(order("WO-1", "CLC"), BusSamples.inline(bytes(3, 3)))))
                .contains("payload")
                .contains("known here since "
                        + now.atZone(ZoneId.systemDefault())
                                .toLocalDateTime()
                                .toString()
                                .replaceFirst("[.].*", "")
                                .replace('T', ' ')
                        + ": ");
        assertThat(reason(order("WO-1", "CLC", "P0"))).contains("priority").contains("P3");
    }

    private String reason(WorkOrder order) throws BusException {
        return ledger.drop(order) instanceof Accepted.Conflict(var id, var reason) && id.equals(order.id())
                ? reason
                : "";
    }

    @Test
    void ids_that_a_file_system_may_take_for_one_are_a_conflict() throws Exception {
        drop("WO-\u00fc");
        assertThat(reason(order("WO-u\u0308", "CLC"))).contains("letters");
        drop("WO-stra\u00dfe");
        assertThat(reason(order("WO-STRASSE", "CLC"))).contains("letters");
        assertThat(ledger.order("WO-STRASSE")).isEmpty();
        assertThat(ledger.workOrder("WO-STRASSE")).isEmpty();
    }

    @Test
    void a_payload_in_the_spool_must_be_there_whole() throws Exception {
        var body = BusSamples.spooled(home, "large", bytes(100_000, 1));
        var order = order(heading("WO-1", "CLC", "P3"), body);
        Files.write(home.resolve("large"), bytes(99_999, 1));
        assertThat(refused(order)).contains("large").contains("99999").contains("100000");
        Files.delete(home.resolve("large"));
        assertThat(refused(order)).contains("large").contains("WO-1");
        assertThat(ledger.order("WO-1")).isEmpty();
    }

    private String refused(WorkOrder order) {
        var refused = catchThrowableOfType(BusException.class, () -> ledger.drop(order));
        assertThat(refused.kind()).isEqualTo(BusException.Kind.REFUSED);
        return String.valueOf(refused.getMessage());
    }

    @Test
    void payloads_in_the_spool_are_known_until_they_are_delivered() throws Exception {
        Files.createDirectories(home.resolve("spool"));
        var one = drop(order(heading("WO-1", "CLC", "P3"), spooled("one")));
        var two = drop(order(heading("WO-2", "CLC", "P3"), spooled("two")));
        assertThat(ledger.spooled()).containsExactlyInAnyOrder("one", "two");
        ledger.arrived(one, BusSamples.acknowledgement(one));
        assertThat(ledger.spooled()).containsExactly("two");
        assertThat(ledger.workOrder("WO-1")).isEmpty();
        assertThat(ledger.workOrder("WO-2")).contains(two);
    }

    @Test
    void a_payload_leaves_the_spool_when_its_order_is_delivered_here_or_elsewhere() throws Exception {
        Files.createDirectories(home.resolve("spool"));
        var here = drop(order(heading("WO-1", "CLC", "P3"), spooled("one")));
        var elsewhere = drop(order(heading("WO-2", "CLC", "P3"), spooled("two")));
        assertThat(home.resolve("spool/one")).exists();

        ledger.arrived(here, BusSamples.acknowledgement(here));
        assertThat(home.resolve("spool/one")).doesNotExist();
        assertThat(home.resolve("spool/two")).exists();
        ledger.acknowledged(BusSamples.acknowledgement(elsewhere));
        assertThat(home.resolve("spool/two")).doesNotExist();
    }

    @Test
    void a_file_elsewhere_is_not_deleted_when_its_order_is_delivered(@TempDir Path other) throws Exception {
        var body = BusSamples.spooled(other, "large", bytes(100_000, 1));
        var order = drop(order(heading("WO-1", "CLC", "P3"), body));
        ledger.arrived(order, BusSamples.acknowledgement(order));
        assertThat(other.resolve("large")).exists();
    }

    @Test
    void asked_again_since_the_answer_was_lost_it_keeps_the_payload() throws Exception {
        Files.createDirectories(home.resolve("spool"));
        var order = drop(order(heading("WO-1", "CLC", "P3"), spooled("one")));
        assertThat(ledger.drop(order)).isEqualTo(new Accepted.Same("WO-1", OrderState.DROPPED));
        assertThat(home.resolve("spool/one")).exists();
        assertThat(ledger.workOrder("WO-1")).contains(order);
    }

    @Test
    void asked_again_after_the_delivery_it_does_not_miss_the_payload() throws Exception {
        Files.createDirectories(home.resolve("spool"));
        var order = drop(order(heading("WO-1", "CLC", "P3"), spooled("one")));
        ledger.arrived(order, BusSamples.acknowledgement(order));
        assertThat(ledger.drop(order)).isEqualTo(new Accepted.Same("WO-1", OrderState.DELIVERED));
    }

    @Test
    void of_an_order_that_is_dropped_twice_one_payload_stays() throws Exception {
        Files.createDirectories(home.resolve("spool"));
        drop(order(heading("WO-1", "CLC", "P3"), spooled("one")));
        Body copy = BusSamples.spooled(home.resolve("spool"), "copy", bytes(100_000, "one".length()));
        assertThat(ledger.drop(order(heading("WO-1", "CLC", "P3"), copy))).isInstanceOf(Accepted.Same.class);
        assertThat(home.resolve("spool/copy")).doesNotExist();
        assertThat(home.resolve("spool/one")).exists();
    }

    private Body spooled(String name) throws Exception {
        return BusSamples.spooled(home.resolve("spool"), name, bytes(100_000, name.length()));
    }

    @Test
    void a_home_can_be_moved_with_what_waits_in_it() throws Exception {
        Files.createDirectories(home.resolve("spool"));
        drop(order(heading("WO-1", "CLC", "P3"), spooled("large")));
        ledger.close();
        Path moved = home.resolve("moved");
        Files.createDirectories(moved);
        for (String name : List.of("bus.db", "spool")) {
            Files.move(home.resolve(name), moved.resolve(name));
        }
        file = moved.resolve("bus.db");
        ledger = open();
        var waiting = ledger.waiting("CLC", 1, List.of()).getFirst();
        assertThat(BusSamples.read(waiting.body())).isEqualTo(bytes(100_000, 5));
    }

    @Test
    void a_node_alone_keeps_nothing_to_send_and_a_linked_one_what_was_dropped() throws Exception {
        drop("WO-1");
        assertThat(ledger.outgoing(10)).isEmpty();
        restartLinked();
        var order = drop("WO-2");
        var outgoing = ledger.outgoing(10);
        assertThat(outgoing).containsExactly(new Outgoing.Order(1, order));
        ledger.sent(List.of(1L));
        assertThat(ledger.outgoing(10)).isEmpty();
        ledger.sendAgain();
        assertThat(ledger.outgoing(10))
                .map(each -> ((Outgoing.Order) each).order().id())
                .containsExactly("WO-1", "WO-2");
    }

    @Test
    void an_urgent_order_is_sent_before_older_ones_and_messages_keep_no_order_waiting() throws Exception {
        restartLinked();
        drop(order("WO-1", "CLC", "P4"));
        drop(order("WO-2", "CLC", "P0"));
        for (int i = 0; i < 6; i++) {
            drop(order("WO-away-" + i, "CLC", "P3"));
            assertThat(ledger.change("WO-away-" + i, new Change.Cancel("ops"))).isPresent();
        }
        assertThat(ledger.outgoing(4)).extracting(Outgoing::kind).containsExactly(WITHDRAWN, WITHDRAWN, ORDER, ORDER);
        assertThat(ledger.outgoing(3)).extracting(Outgoing::kind).containsExactly(WITHDRAWN, ORDER, ORDER);
        assertThat(ledger.outgoing(4, Set.of(WITHDRAWN)))
                .map(each -> ((Outgoing.Order) each).order().id())
                .containsExactly("WO-2", "WO-1");
        assertThat(ledger.outgoing(4, Set.of(ORDER))).hasSize(4);
    }

    @Test
    void what_could_not_be_sent_is_sent_behind_the_others() throws Exception {
        restartLinked();
        for (int i = 0; i < 3; i++) {
            drop("WO-" + i);
            assertThat(ledger.change("WO-" + i, new Change.Cancel("ops"))).isPresent();
        }
        ledger.sendLater(List.of(ledger.outgoing(1).getFirst().seq()));
        assertThat(ledger.outgoing(10))
                .map(each -> ((Outgoing.Withdrawn) each).id())
                .containsExactly("WO-1", "WO-2", "WO-0");
    }

    @Test
    void many_that_nobody_acknowledged_are_sent_again_in_their_order() throws Exception {
        for (int i = 0; i < 250; i++) {
            drop("WO-" + i);
        }
        ledger.sendAgain();
        ledger.sendAgain();
        assertThat(ledger.outgoing(1_000))
                .map(each -> ((Outgoing.Order) each).order().id())
                .containsExactlyElementsOf(
                        IntStream.range(0, 250).mapToObj(i -> "WO-" + i).toList());
    }

    @Test
    void times_that_no_clock_shows_are_kept_as_the_first_or_last_that_can_be() throws Exception {
        var h = heading("WO-1", "CLC", "P3");
        var odd = new Heading(h.id(), h.to(), h.from(), h.priority(), h.title(), h.tags(), Instant.MAX);
        drop(order(odd, BusSamples.inline(bytes(1, 1))));
        assertThat(row("WO-1").heading().created()).isEqualTo(Instant.parse("2262-04-11T23:47:16.854775807Z"));
    }
}
