package dev.steward.supervise;

import dev.steward.config.Heartbeat;
import dev.steward.config.Ready;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Follows the heartbeats of incarnations. Files and keys are looked at once an interval, away from the supervising thread, and once more before
 * one is called stale; until the first beat has made an agent ready, they are looked at more often.
 */
final class Heartbeats {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final Loop loop;
    private final Clocks clocks;
    private final Executor aside;
    private final Lookout lookout;

    Heartbeats(Loop loop, Clocks clocks, Executor aside, Lookout lookout) {
        this.loop = loop;
        this.clocks = clocks;
        this.aside = aside;
        this.lookout = lookout;
    }

    /** Its main process is there, and its pulse is new. */
    void begin(Agent agent, Incarnation incarnation) {
        BeatPlace.of(agent.config().heartbeat()).ifPresent(place -> goOn(agent, incarnation, place, ProbePause.FIRST));
    }

    private void goOn(Agent agent, Incarnation incarnation, BeatPlace place, Duration pause) {
        loop.timers().at(loop.now() + pause.toNanos(), () -> {
            if (agent.isMain(incarnation)) {
                look(agent, incarnation, place, () -> goOn(agent, incarnation, place, next(agent, pause)));
            }
        });
    }

    private static Duration next(Agent agent, Duration pause) {
        if (agent.state() instanceof State.Starting && agent.config().ready() instanceof Ready.FirstBeat) {
            return ProbePause.after(pause);
        }
        var every = agent.config().heartbeat().map(Heartbeat::every).orElse(SHORTEST_PAUSE);
        return every.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : every;
    }

    private void look(Agent agent, Incarnation incarnation, BeatPlace place, Runnable then) {
        aside.execute(() -> {
            var found = lookout.look(place);
            loop.post(() -> {
                if (agent.isMain(incarnation)) {
                    saw(agent, incarnation, found);
                    then.run();
                }
            });
        });
    }

    /** What an agent's file was found to hold. */
    void saw(Agent agent, Incarnation incarnation, BeatFile.Look found) {
        agent.pulse.ifPresent(before -> {
            var after = before.saw(
                    found, new Pulse.Moment(incarnation, clocks.wall().instant(), loop.now()));
            agent.pulse = Optional.of(after);
            if (after.beats() != before.beats()) {
                loop.handle(agent, new Event.Beat());
            }
        });
    }

    /** It beat just now. */
    void beat(Agent agent) {
        agent.pulse.ifPresent(before -> {
            agent.pulse = Optional.of(before.beats(loop.now()));
            loop.handle(agent, new Event.Beat());
        });
    }

    /** It is overdue as far as is known: says so to the agent's life, once its file was looked at again, or cannot be in time. */
    void overdue(Agent agent, Incarnation incarnation) {
        if (!agent.isMain(incarnation)) {
            return;
        }
        var place = BeatPlace.of(agent.config().heartbeat());
        if (place.isEmpty()) {
            loop.handle(agent, new Event.Stale());
            return;
        }
        var judgement = new Judgement(agent, incarnation);
        look(agent, incarnation, place.get(), judgement);
        switch (place.get()) {
            case BeatPlace.InFile _ -> loop.timers().at(loop.now() + LONGEST_LOOK.toNanos(), judgement);
            // A key is asked for a few seconds at most, and that nobody answers says nothing about the agent.
            case BeatPlace.UnderKey _ -> {}
        }
    }

    /** Comes once, whoever is first. */
    private final class Judgement implements Runnable {
        private final Agent agent;
        private final Incarnation incarnation;
        private boolean given;

        private Judgement(Agent agent, Incarnation incarnation) {
            this.agent = agent;
            this.incarnation = incarnation;
        }

        @Override
        public void run() {
            if (!given && agent.isMain(incarnation)) {
                given = true;
                loop.handle(agent, new Event.Stale());
            }
        }
    }
}
