package dev.steward.bus;

import static dev.steward.bus.OrderState.ABANDONED;
import static dev.steward.bus.OrderState.DEAD;
import static dev.steward.bus.OrderState.DELIVERED;
import static dev.steward.bus.OrderState.DONE;
import static dev.steward.bus.OrderState.DROPPED;
import static dev.steward.bus.OrderState.FAILED;
import static dev.steward.bus.OrderState.WORKING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private static final Work WORK = new Work("clc", 4711, 99, "boot", BusSamples.CREATED);
    private static final Result RESULT =
            new Result(true, "clc", 1, Duration.ofSeconds(5), OptionalInt.of(0), "", "said", BusSamples.CREATED);
    private static final Change BEGIN = new Change.Begin(WORK);
    private static final Change DONE_NOW = new Change.Done(RESULT);
    private static final Change FAILED_ONCE =
            new Change.Failed(RESULT, Optional.of(BusSamples.CREATED.plusSeconds(60)));
    private static final Change FAILED_FOR_GOOD = new Change.Failed(RESULT, Optional.empty());
    private static final Change RETRY = new Change.Retry("ops");
    private static final Change CANCEL = new Change.Cancel("ops");
    private static final Change ABANDON = new Change.Abandon("rule", "30 days old");

    @Test
    void work_begins_on_what_was_delivered_or_failed() {
        assertLeads(BEGIN, WORKING, DELIVERED, FAILED);
    }

    @Test
    void what_lies_in_its_inbox_and_has_not_ended_can_be_answered() {
        assertLeads(DONE_NOW, DONE, DELIVERED, WORKING, FAILED);
        assertLeads(FAILED_ONCE, FAILED, DELIVERED, WORKING, FAILED);
        assertLeads(FAILED_FOR_GOOD, DEAD, DELIVERED, WORKING, FAILED);
    }

    @Test
    void what_has_not_ended_can_be_cancelled_and_abandoned() {
        assertLeads(CANCEL, DEAD, DROPPED, DELIVERED, WORKING, FAILED);
        assertLeads(ABANDON, ABANDONED, DROPPED, DELIVERED, WORKING, FAILED);
    }

    @Test
    void what_went_wrong_is_retried_where_it_stopped() {
        for (var state : OrderState.values()) {
            boolean may = Set.of(FAILED, DEAD, ABANDONED).contains(state);
            assertThat(to(state, true, RETRY)).isEqualTo(may ? Optional.of(DELIVERED) : Optional.empty());
            assertThat(to(state, false, RETRY)).isEqualTo(may ? Optional.of(DROPPED) : Optional.empty());
        }
    }

    private static void assertLeads(Change change, OrderState to, OrderState... from) {
        var may = EnumSet.noneOf(OrderState.class);
        may.addAll(List.of(from));
        for (var state : OrderState.values()) {
            assertThat(to(state, true, change))
                    .as("%s after %s", state, change)
                    .isEqualTo(may.contains(state) ? Optional.of(to) : Optional.empty());
        }
    }

    private static Optional<OrderState> to(OrderState state, boolean acknowledged, Change change) {
        return switch (Lifecycle.next(state, acknowledged, change)) {
            case Lifecycle.Next.To(var next) -> Optional.of(next);
            case Lifecycle.Next.Refused(var reason) -> {
                assertThat(reason).contains(state.word());
                yield Optional.empty();
            }
        };
    }

    @Property
    void no_change_is_made_twice_and_only_a_retry_leads_out_of_an_end(
            @ForAll OrderState from, @ForAll boolean acknowledged, @ForAll("changes") Change change) {
        var next = to(from, acknowledged, change);
        next.ifPresent(state -> {
            if (!(change instanceof Change.Failed)) {
                assertThat(to(state, acknowledged, change)).isEmpty();
            }
            if (from.isEnd()) {
                assertThat(change).isInstanceOf(Change.Retry.class);
            }
        });
    }

    @Property
    void work_never_begins_before_the_acknowledgement(@ForAll("lives") List<Change> changes) {
        var state = DROPPED;
        for (var change : changes) {
            state = to(state, false, change).orElse(state);
            assertThat(state).isIn(DROPPED, DEAD, ABANDONED);
        }
    }

    @Property
    void from_each_state_an_order_can_be_worked_on_again_or_is_done(@ForAll("lives") List<Change> changes) {
        var state = DELIVERED;
        for (var change : changes) {
            state = to(state, true, change).orElse(state);
        }
        var again = to(state, true, RETRY).orElse(state);
        assertThat(again == DONE || again == WORKING || to(again, true, BEGIN).isPresent())
                .as("from %s", state)
                .isTrue();
    }

    @Property
    void the_word_of_a_state_is_understood(@ForAll OrderState state) {
        assertThat(OrderState.of(state.word())).contains(state);
        assertThat(OrderState.of(state.name())).contains(state);
    }

    @Test
    void the_words_of_the_system_before_are_understood() {
        assertThat(List.of("pending", "QUEUED").stream().map(OrderState::of)).containsOnly(Optional.of(DROPPED));
        assertThat(List.of("in_progress", "RUNNING").stream().map(OrderState::of))
                .containsOnly(Optional.of(WORKING));
        assertThat(OrderState.of("completed")).contains(DONE);
        assertThat(OrderState.of("ERROR")).contains(FAILED);
        assertThat(OrderState.of("STALE")).contains(ABANDONED);
        assertThat(OrderState.of("lost")).isEmpty();
    }

    @Provide
    static Arbitrary<Change> changes() {
        return Arbitraries.of(BEGIN, DONE_NOW, FAILED_ONCE, FAILED_FOR_GOOD, RETRY, CANCEL, ABANDON);
    }

    @Provide
    static Arbitrary<List<Change>> lives() {
        return changes().list().ofMaxSize(12);
    }
}
