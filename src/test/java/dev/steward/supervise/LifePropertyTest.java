package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Heartbeat;
import dev.steward.config.Heartbeat.OnStale;
import dev.steward.config.KeepAlive;
import dev.steward.config.Ready;
import dev.steward.config.Via;
import dev.steward.posix.ExitStatus;
import dev.steward.supervise.LifeModel.SpawnAnswer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever happens to an agent, in whatever order: {@link LifeModel} holds each step to what must never be. */
class LifePropertyTest {
    /** Something that happens, with a name to read when it went wrong. */
    record Happening(String name, Consumer<LifeModel> what) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Happening happening(String name, Consumer<LifeModel> what) {
        return new Happening(name, what);
    }

    private static final List<Happening> HAPPENINGS = List.of(
            happening("start", life -> life.handle(new Event.Start())),
            happening("stop", life -> life.handle(new Event.Stop())),
            happening("restart", life -> life.handle(new Event.Restart())),
            happening("step aside", life -> life.handle(new Event.StepAside())),
            happening("hurry", life -> life.handle(new Event.StopTimedOut())),
            happening("needs come", life -> life.needs(true)),
            happening("needs go", life -> life.needs(false)),
            happening("exits well", life -> life.exit(new ExitStatus.Exited(0))),
            happening("exits badly", life -> life.exit(new ExitStatus.Exited(1))),
            happening("is killed", life -> life.exit(new ExitStatus.Signalled(9, false))),
            happening("ends unseen", life -> life.exit(new ExitStatus.Unknown())),
            happening("is ready", LifeModel::answerProbe),
            happening("cleared", life -> life.answerClear(true)),
            happening("not cleared", life -> life.answerClear(false)),
            happening("adopted", life -> life.adopt(true)),
            happening("adopted, not ready", life -> life.adopt(false)),
            happening("beats", life -> life.say(new Event.Beat())),
            happening("asks to be replaced", life -> life.say(new Event.Triggered())),
            happening("says that it failed", life -> life.say(new Event.SaidFailed("no disk"))),
            happening("says that it stops", life -> life.say(new Event.SaidStopping())),
            happening("asks for time", life -> life.say(new Event.Extended(Duration.ofMinutes(1)))),
            happening("alarm", LifeModel::nextAlarm),
            happening("a second", life -> life.pass(Duration.ofSeconds(1))));

    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Arbitraries.of(HAPPENINGS).list().ofMaxSize(60);
    }

    /** How the machine answers, spawn by spawn; afterwards every spawn works. */
    @Provide
    Arbitrary<List<SpawnAnswer>> answers() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(SpawnAnswer.SPAWNED)),
                        Tuple.of(1, Arbitraries.of(SpawnAnswer.class)))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<Examples> agents() {
        var rules = Arbitraries.of(
                KeepAlive.ALWAYS,
                KeepAlive.ON_FAILURE,
                KeepAlive.NEVER,
                new KeepAlive(true, false, false),
                new KeepAlive(false, false, true));
        var proofs = Arbitraries.of(
                new Ready.After(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                new Ready.After(Duration.ZERO, Duration.ofSeconds(30)),
                new Ready.Tcp("localhost", 1, Duration.ofSeconds(30)),
                new Ready.FirstBeat(Duration.ofSeconds(30)));
        var limits = Arbitraries.integers().between(1, 3);
        var outcomes = Arbitraries.of(OnStale.class);
        return Combinators.combine(rules, proofs, limits, outcomes)
                .as((rule, proof, limit, outcome) -> Examples.agent("cls")
                        .keepAlive(rule)
                        .ready(proof)
                        .beats(new Heartbeat(new Via.Pinged(), Duration.ofSeconds(1), Duration.ofSeconds(3), outcome))
                        .failures(limit, Duration.ofSeconds(60))
                        .restarts(limit, Duration.ofSeconds(60)));
    }

    private static LifeModel after(List<Happening> happenings, List<SpawnAnswer> answers, Examples agent) {
        Deque<SpawnAnswer> open = new ArrayDeque<>(answers);
        var life = new LifeModel(agent.config(), () -> open.isEmpty() ? SpawnAnswer.SPAWNED : open.remove());
        happenings.forEach(happening -> happening.what().accept(life));
        open.clear();
        return life;
    }

    @Property(tries = 5_000)
    void no_order_of_events_breaks_a_rule_and_a_stop_always_comes_to_rest(
            @ForAll("happenings") List<Happening> happenings,
            @ForAll("answers") List<SpawnAnswer> answers,
            @ForAll("agents") Examples agent) {
        var life = after(happenings, answers, agent);

        life.handle(new Event.Stop());
        life.settle();

        assertThat(life.state()).isEqualTo(new State.Stopped());
        assertThat(life.processLives()).isFalse();
    }

    @Property(tries = 5_000)
    void whatever_came_before_a_start_leads_to_a_process(
            @ForAll("happenings") List<Happening> happenings,
            @ForAll("answers") List<SpawnAnswer> answers,
            @ForAll("agents") Examples agent) {
        var life = after(happenings, answers, agent);
        life.needs(true);

        life.handle(new Event.Start());
        life.settle();

        assertThat(life.state()).isInstanceOf(State.Up.class);
        assertThat(life.processLives()).isTrue();
    }

    @Property(tries = 2_000)
    void one_that_is_always_kept_alive_comes_back_without_anybody_asking(
            @ForAll("happenings") List<Happening> happenings, @ForAll("answers") List<SpawnAnswer> answers) {
        var life = after(happenings, answers, Examples.agent("cls"));
        life.needs(true);
        life.handle(new Event.Start());
        life.settle();
        var before = life.born();

        life.exit(new ExitStatus.Exited(0));
        life.settle();

        assertThat(life.state()).isInstanceOf(State.Up.class);
        assertThat(life.born()).isEqualTo(before + 1);
    }

    @Property(tries = 2_000)
    void what_cannot_be_ended_is_left_at_a_stop_and_never_started_beside(
            @ForAll("happenings") List<Happening> happenings, @ForAll("agents") Examples agent) {
        var life = after(happenings, List.of(), agent);
        life.handle(new Event.Stop());
        life.exit(new ExitStatus.Signalled(9, false));
        var before = life.born();

        life.answerClear(false);

        assertThat(life.state()).isEqualTo(new State.Stopped());
        assertThat(life.born()).isEqualTo(before);
    }
}
