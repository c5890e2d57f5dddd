package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditEvent;
import dev.steward.store.AgentRow;
import dev.steward.store.IncidentChange;
import dev.steward.store.TransitionRow;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static AgentRow agent(String name, String state) {
        return new AgentRow(name, Optional.empty(), state, "", Optional.empty(), "next", 0, 0, Optional.empty());
    }

    private static TransitionRow transition(String agent, int number) {
        return new TransitionRow(
                0,
                agent,
                "starting",
                "up",
                "reason " + number,
                Optional.of("id"),
                OptionalLong.of(7),
                Instant.EPOCH,
                number,
                "boot");
    }

    private static Backlog holding(int most, int transitions) {
        var backlog = new Backlog(most);
        for (var i = 0; i < transitions; i++) {
            backlog.transition(transition("cls", i), agent("cls", "state " + i));
        }
        return backlog;
    }

    @Test
    void of_an_agent_only_the_last_row_counts() {
        var backlog = holding(100, 3);
        assertThat(backlog.batch().agents()).containsExactly(agent("cls", "state 2"));
        assertThat(backlog.batch().transitions()).hasSize(3);
    }

    @Test
    void a_transition_is_told_to_the_audit_trail_too() {
        assertThat(holding(100, 1).events()).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo("agent_transition");
            assertThat(event.fields())
                    .containsEntry("agent", "cls")
                    .containsEntry("from", "starting")
                    .containsEntry("to", "up")
                    .containsEntry("reason", "reason 0")
                    .containsEntry("incarnation", "id")
                    .containsEntry("pid", 7L);
        });
    }

    @Test
    void who_was_removed_and_comes_back_is_there() {
        var backlog = holding(100, 1);
        backlog.remove("cls");
        assertThat(backlog.batch().agents()).isEmpty();
        assertThat(backlog.batch().removedAgents()).containsExactly("cls");
        backlog.agent(agent("cls", "up"));
        assertThat(backlog.batch().agents()).containsExactly(agent("cls", "up"));
        assertThat(backlog.batch().removedAgents()).isEmpty();
    }

    @Test
    void it_is_bounded_gives_up_the_oldest_and_counts_them() {
        var backlog = holding(10, 11);
        assertThat(backlog.transitions())
                .extracting(TransitionRow::reason)
                .containsExactly("reason 5", "reason 6", "reason 7", "reason 8", "reason 9", "reason 10");
        assertThat(backlog.events()).hasSize(6);
        assertThat(backlog.takeDropped()).as("5 transitions and 5 audit events").isEqualTo(10);
        assertThat(backlog.takeDropped()).isZero();
    }

    @Test
    void however_much_comes_it_stays_bounded() {
        var backlog = holding(10, 10_000);
        for (var i = 0; i < 1_000; i++) {
            backlog.incident(new IncidentChange.Resolve("cls", "crash-loop", Instant.EPOCH));
        }
        assertThat(backlog.transitions())
                .hasSizeLessThanOrEqualTo(10)
                .last()
                .extracting("reason")
                .isEqualTo("reason 9999");
        assertThat(backlog.batch().incidents()).hasSizeLessThanOrEqualTo(10);
        assertThat(backlog.events()).hasSizeLessThanOrEqualTo(10);
        assertThat(backlog.takeDropped()).isGreaterThan(20_000);
    }

    @Test
    void what_came_later_comes_behind() {
        var backlog = holding(100, 2);
        var later = new Backlog(100);
        later.transition(transition("cls", 7), agent("cls", "later"));
        later.remove("clc");
        later.audit(new AuditEvent("config_reloaded", Map.of()));

        backlog.addAll(later);

        assertThat(backlog.transitions())
                .extracting(TransitionRow::reason)
                .containsExactly("reason 0", "reason 1", "reason 7");
        assertThat(backlog.batch().agents()).containsExactly(agent("cls", "later"));
        assertThat(backlog.batch().removedAgents()).containsExactly("clc");
        assertThat(backlog.events()).last().extracting(AuditEvent::event).isEqualTo("config_reloaded");
    }

    @Test
    void it_stays_bounded_when_what_came_later_is_added() {
        var backlog = holding(10, 10);
        backlog.addAll(holding(10, 25));
        assertThat(backlog.transitions())
                .hasSizeLessThanOrEqualTo(10)
                .last()
                .extracting("reason")
                .isEqualTo("reason 24");
        assertThat(backlog.takeDropped()).isPositive();
    }

    @Test
    void store_and_audit_trail_are_written_apart() {
        var backlog = holding(100, 2);
        backlog.batchWritten();
        assertThat(backlog.batch().isEmpty()).isTrue();
        assertThat(backlog.events()).hasSize(2);
        assertThat(backlog.isEmpty()).isFalse();
        backlog.eventsWritten();
        assertThat(backlog.isEmpty()).isTrue();
    }
}
