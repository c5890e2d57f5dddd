package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.steward.config.KeepAlive;
import dev.steward.config.Ready;
import dev.steward.posix.ExitStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes after an incarnation, for every rule and every way to end. */
class AfterTheEndTest {
    private static final ExitStatus GOOD = new ExitStatus.Exited(0);
    private static final ExitStatus BAD = new ExitStatus.Exited(1);
    private static final ExitStatus CRASH = new ExitStatus.Signalled(11, true);
    private static final ExitStatus UNKNOWN = new ExitStatus.Unknown();
    private static final List<ExitStatus> ENDS = List.of(GOOD, BAD, CRASH, UNKNOWN);

    /** What is to happen after each of {@link #ENDS}. */
    private record Rule(String name, KeepAlive keepAlive, String outcomes) {}

    /** {successful_exit: false} is on-failure in launchd's words, {successful_exit: true} its reverse; {crashed: …} looks at signals. */
    private static final List<Rule> RULES = List.of(
            new Rule("always", KeepAlive.ALWAYS, "again again again again"),
            new Rule("on-failure", KeepAlive.ON_FAILURE, "well again again again"),
            new Rule("never", KeepAlive.NEVER, "well badly badly badly"),
            new Rule("successful_exit: true", new KeepAlive(true, false, false), "again badly badly badly"),
            new Rule("successful_exit: false", new KeepAlive(false, true, true), "well again again again"),
            new Rule("crashed: true", new KeepAlive(false, false, true), "well badly again again"),
            new Rule("crashed: false", new KeepAlive(true, true, false), "again again badly again"));

    static Stream<Arguments> cases() {
        return RULES.stream().flatMap(rule -> {
            var outcomes = rule.outcomes().split(" ", -1);
            return IntStream.range(0, ENDS.size())
                    .mapToObj(end -> arguments(rule.name(), rule.keepAlive(), ENDS.get(end), outcomes[end]));
        });
    }

    private static Step end(Life life, ExitStatus status, Examples agent) {
        return Transitions.step(life, new Event.Exited(status), agent.context());
    }

    private static Life starting() {
        return Life.NEW.in(new State.Starting(Examples.INCARNATION));
    }

    private static Life up() {
        return Life.NEW.in(new State.Up(Examples.INCARNATION));
    }

    @ParameterizedTest(name = "{0}, {2}: {3}")
    @MethodSource("cases")
    void before_it_was_ready(String name, KeepAlive rule, ExitStatus status, String outcome) {
        var step = end(starting(), status, Examples.agent(name).keepAlive(rule));

        if (outcome.equals("again")) {
            assertThat(step.life().state()).isEqualTo(new State.BackingOff());
            assertThat(step.life().tally().failures()).isEqualTo(1);
            assertThat(step.actions()).contains(new Action.Arm(Alarm.BACKOFF, Duration.ofMillis(100)));
            assertThat(step.reason()).contains(status.toString()).contains("before it was ready");
        } else {
            assertEnded(step, status, outcome);
        }
    }

    @ParameterizedTest(name = "{0}, {2}: {3}")
    @MethodSource("cases")
    void after_it_was_ready(String name, KeepAlive rule, ExitStatus status, String outcome) {
        var step = end(up(), status, Examples.agent(name).keepAlive(rule));

        if (outcome.equals("again")) {
            assertThat(step.life().state()).isEqualTo(new State.Spawning());
            assertThat(step.actions()).containsExactly(new Action.Spawn());
            assertThat(step.life().tally().restarts()).isEqualTo(1);
            assertThat(step.life().tally().failures()).isZero();
        } else {
            assertEnded(step, status, outcome);
        }
    }

    private static void assertEnded(Step step, ExitStatus status, String outcome) {
        assertThat(step.life().state()).isEqualTo(new State.Ended(status, outcome.equals("well")));
        assertThat(step.life().tally()).isEqualTo(Tally.NONE);
        assertThat(step.actions()).doesNotContain(new Action.Spawn());
        var incidents = step.actions().stream()
                .filter(Action.OpenIncident.class::isInstance)
                .map(action -> ((Action.OpenIncident) action).cause());
        if (outcome.equals("well")) {
            assertThat(incidents).isEmpty();
        } else {
            assertThat(incidents).containsExactly(Cause.ENDED_BADLY);
        }
    }

    @Test
    void other_statuses_than_zero_can_be_a_success_and_zero_a_failure() {
        var agent = Examples.agent("cls").keepAlive(KeepAlive.ON_FAILURE).successExitCodes(3, 99);

        assertThat(end(up(), new ExitStatus.Exited(3), agent).life().state())
                .isEqualTo(new State.Ended(new ExitStatus.Exited(3), true));
        assertThat(end(up(), new ExitStatus.Exited(99), agent).life().state())
                .isEqualTo(new State.Ended(new ExitStatus.Exited(99), true));
        assertThat(end(up(), GOOD, agent).life().state()).isEqualTo(new State.Spawning());
        assertThat(end(up(), new ExitStatus.Signalled(3, false), agent).life().state())
                .isEqualTo(new State.Spawning());
    }

    static final List<Arguments> TIMED_OUT = List.of(
            arguments(KeepAlive.ALWAYS, State.Then.BACK_OFF),
            arguments(KeepAlive.ON_FAILURE, State.Then.BACK_OFF),
            arguments(KeepAlive.NEVER, State.Then.END),
            arguments(new KeepAlive(true, false, false), State.Then.END),
            arguments(new KeepAlive(false, false, true), State.Then.END));

    @ParameterizedTest
    @FieldSource("TIMED_OUT")
    void one_that_is_not_ready_in_time_is_stopped_and_counts_as_a_failure(KeepAlive rule, State.Then then) {
        var agent = Examples.agent("cls").keepAlive(rule).ready(new Ready.Tcp("localhost", 1, Duration.ofSeconds(30)));

        var step = Transitions.step(starting(), new Event.ReadyTimedOut(), agent.context());

        assertThat(step.life().state()).isEqualTo(new State.Stopping(Examples.INCARNATION, then));
        assertThat(step.life().tally().failures()).isEqualTo(1);
        assertThat(step.actions()).contains(new Action.Terminate());
        assertThat(step.reason()).isEqualTo("not ready within 30.0 s");
    }

    @Test
    void one_that_was_not_ready_in_time_and_is_not_repaired_ended_badly_however_it_obeyed() {
        var stopping = Life.NEW.in(new State.Stopping(Examples.INCARNATION, State.Then.END));

        var cleared = Transitions.step(
                end(stopping, GOOD, Examples.agent("cls")).life(),
                new Event.Cleared(),
                Examples.agent("cls").context());

        assertThat(cleared.life().state()).isEqualTo(new State.Ended(new ExitStatus.Unknown(), false));
        assertThat(cleared.actions()).contains(new Action.OpenIncident(Cause.ENDED_BADLY, "keep_alive lets it rest"));
    }

    @Test
    void the_incident_of_a_crash_loop_opens_with_the_limit_and_trying_goes_on() {
        var agent = Examples.agent("cls").failures(3, Duration.ofMinutes(1));
        var life = starting();
        for (var i = 1; i <= 5; i++) {
            var step = end(life, BAD, agent);
            assertThat(step.actions().stream().anyMatch(Action.OpenIncident.class::isInstance))
                    .as("failure %d", i)
                    .isEqualTo(i >= 3);
            assertThat(step.life().state()).isEqualTo(new State.BackingOff());
            life = new Life(
                    new State.Starting(Examples.INCARNATION), step.life().tally());
        }
    }

    @Test
    void as_many_restarts_as_the_limit_are_a_storm_and_back_off() {
        var agent = Examples.agent("cls").restarts(3, Duration.ofMinutes(1));
        var life = up();
        for (var i = 1; i <= 2; i++) {
            var step = end(life, GOOD, agent);
            assertThat(step.life().state()).isEqualTo(new State.Spawning());
            life = new Life(new State.Up(Examples.INCARNATION), step.life().tally());
        }

        var step = end(life, GOOD, agent);

        assertThat(step.life().state()).isEqualTo(new State.BackingOff());
        assertThat(step.reason()).startsWith("3 restarts within 60.0 s; the last: exit status 0");
        assertThat(step.actions()).contains(new Action.Arm(Alarm.BACKOFF, Duration.ofMillis(100)));
    }

    @Test
    void a_ready_agent_does_not_come_back_before_what_it_needs() {
        var agent = Examples.agent("cls").config();

        var context = new Context(agent, false, 0, 0, Optional.empty());
        var step = Transitions.step(up(), new Event.Exited(CRASH), context);

        assertThat(step.life().state()).isEqualTo(new State.Waiting());
        assertThat(step.life().tally().restarts()).isEqualTo(1);
        assertThat(step.actions()).doesNotContain(new Action.Spawn());
    }

    @Test
    void the_statuses_of_a_shell_that_found_no_program_are_explained() {
        assertThat(AfterTheEnd.told(new ExitStatus.Exited(126))).contains("cannot be executed");
        assertThat(AfterTheEnd.told(new ExitStatus.Exited(127))).contains("was not found");
        assertThat(AfterTheEnd.told(new ExitStatus.Exited(125))).isEqualTo("exit status 125");
        assertThat(Set.of(AfterTheEnd.told(CRASH), AfterTheEnd.told(UNKNOWN)))
                .containsExactlyInAnyOrder("SIGSEGV (core dumped)", "exit status unknown (it ended unseen)");
    }
}
