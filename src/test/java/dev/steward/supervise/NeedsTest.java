package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Need;
import dev.steward.config.Need.Condition;
import dev.steward.posix.ExitStatus;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class NeedsTest {
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final Needs needs = new Needs(agents);

    private static Need ready(String agent) {
        return new Need(agent, Condition.READY);
    }

    private static Need done(String agent) {
        return new Need(agent, Condition.DONE);
    }

    private Agent agent(String name, Need... its) {
        var agent = new Agent(Examples.agent(name).needs(its).config(), "next");
        agents.put(name, agent);
        return agent;
    }

    private static Agent in(Agent agent, State state) {
        agent.life = agent.life.in(state);
        return agent;
    }

    private static State ended(boolean well) {
        return new State.Ended(new ExitStatus.Exited(well ? 0 : 1), well);
    }

    private static List<String> names(Collection<Agent> some) {
        return some.stream().map(Agent::name).toList();
    }

    static final List<State> NOT_UP = List.of(
            new State.Stopped(),
            new State.Waiting(),
            new State.Spawning(),
            new State.Clearing(State.Then.REST),
            new State.Starting(Examples.INCARNATION),
            new State.Stopping(Examples.INCARNATION, State.Then.REST),
            new State.BackingOff(),
            ended(true),
            ended(false),
            new State.Failed("no program"));

    @ParameterizedTest
    @FieldSource("NOT_UP")
    void one_that_is_not_up_meets_no_need(State state) {
        in(agent("redis"), state);
        var cls = agent("cls", ready("redis"));
        assertThat(needs.met(cls)).isFalse();
        assertThat(needs.missing(cls)).containsExactly("redis");
    }

    @Test
    void one_that_is_up_meets_it() {
        in(agent("redis"), new State.Up(Examples.INCARNATION));
        var cls = agent("cls", ready("redis"));
        assertThat(needs.met(cls)).isTrue();
        assertThat(needs.missing(cls)).isEmpty();
    }

    @Test
    void what_is_to_be_done_is_done_only_by_a_good_end() {
        var migrate = agent("migrate");
        var cls = agent("cls", done("migrate"));
        in(migrate, new State.Up(Examples.INCARNATION));
        assertThat(needs.met(cls)).isFalse();
        in(migrate, ended(false));
        assertThat(needs.met(cls)).isFalse();
        in(migrate, ended(true));
        assertThat(needs.met(cls)).isTrue();
    }

    @Test
    void all_of_them_are_needed_and_each_that_is_missing_is_named() {
        in(agent("redis"), new State.Up(Examples.INCARNATION));
        agent("db");
        var cls = agent("cls", ready("redis"), ready("db"), ready("unheard-of"));
        assertThat(needs.met(cls)).isFalse();
        assertThat(needs.missing(cls)).containsExactly("db", "unheard-of");
    }

    @Test
    void needs_come_before_those_that_need_them_each_once() {
        var d = agent("d", ready("b"), ready("c"));
        agent("c", ready("a"));
        agent("b", ready("a"));
        var a = agent("a");
        agent("other");
        assertThat(names(needs.withNeeds(List.of(d, a)))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void what_is_done_already_is_not_started_for_those_that_need_it() {
        var migrate = in(agent("migrate"), ended(true));
        var cls = agent("cls", done("migrate"));
        assertThat(names(needs.withNeeds(List.of(cls)))).containsExactly("cls");
        in(migrate, ended(false));
        assertThat(names(needs.withNeeds(List.of(cls)))).containsExactly("migrate", "cls");
    }

    @Test
    void what_is_done_already_is_started_if_it_is_meant_itself() {
        var migrate = in(agent("migrate"), ended(true));
        var cls = agent("cls", done("migrate"));
        assertThat(names(needs.withNeeds(List.of(cls, migrate)))).containsExactlyInAnyOrder("migrate", "cls");
    }

    @Test
    void dependents_are_found_through_others_and_are_never_the_needed_themselves() {
        var a = agent("a");
        var b = agent("b", ready("a"));
        agent("c", ready("b"));
        agent("other");
        assertThat(names(needs.dependents(List.of(a)))).containsExactly("b", "c");
        assertThat(names(needs.dependents(List.of(a, b)))).containsExactly("c");
    }

    @Test
    void one_is_in_use_while_somebody_who_needs_it_has_a_process() {
        var redis = agent("redis");
        var cls = agent("cls", ready("redis"));
        for (var state : List.of(
                new State.Starting(Examples.INCARNATION),
                new State.Up(Examples.INCARNATION),
                new State.Stopping(Examples.INCARNATION, State.Then.WAIT),
                new State.Clearing(State.Then.REST))) {
            in(cls, state);
            assertThat(needs.inUse(redis)).as("cls in " + state).isTrue();
        }
        for (var state : List.of(
                new State.Stopped(),
                new State.Waiting(),
                new State.BackingOff(),
                ended(true),
                new State.Failed("no program"))) {
            in(cls, state);
            assertThat(needs.inUse(redis)).as("cls in " + state).isFalse();
        }
    }

    @Test
    void what_had_to_be_done_first_is_not_in_use_afterwards() {
        var migrate = agent("migrate");
        in(agent("cls", done("migrate")), new State.Up(Examples.INCARNATION));
        assertThat(needs.inUse(migrate)).isFalse();
    }

    @Test
    void an_incarnation_uses_what_its_own_section_named_though_that_has_changed() {
        var redis = agent("redis");
        var cls = in(agent("cls", ready("redis")), new State.Up(Examples.INCARNATION));
        cls.reconfigure(Examples.agent("cls").shell("other").config(), true);
        assertThat(needs.inUse(redis)).isTrue();
        assertThat(needs.met(cls)).as("the next one needs nothing").isTrue();
    }
}
