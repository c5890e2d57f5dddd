package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that does one job as long as there is a link, begins it anew with each link, and outlives every trouble. */
final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What it does. */
    interface Job {
        /**
         * Works until something goes wrong. Whatever was half done is begun anew.
         *
         * @param lane its own
         */
        void work(Lane lane, Progress progress) throws BusException, InterruptedException;

        /** Whether a broken connection of this job alone says that the link is broken. */
        default boolean speaksForTheLink() {
            return true;
        }

        /** An answer about this key was larger than anything that Steward writes. */
        default void tooLarge(Lane lane, String key) throws BusException {}
    }

    /** How a job says that it does its work. */
    interface Progress {
        void fine();
    }

    /** What all workers of a bus share. */
    record Crew(Link link, Troubles troubles, Backoff backoff) {
        Worker start(String part, Job job) {
            var worker = new Worker(this, part, job);
            worker.thread.start();
            return worker;
        }
    }

    private final Crew crew;
    private final String part;
    private final Job job;
    private final Thread thread;
    private int failures;

    private Worker(Crew crew, String part, Job job) {
        this.crew = crew;
        this.part = part;
        this.job = job;
        this.thread = Thread.ofVirtual().name("redis " + part).unstarted(this::run);
    }

    private void run() {
        try {
            while (true) {
                Session session = crew.link().await();
                if (!did(session)) {
                    failures++;
                    crew.link().pause(session, crew.backoff().after(failures));
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("{} ends", part);
        } finally {
            crew.troubles().over(part);
        }
    }

    private boolean did(Session session) throws InterruptedException {
        try (Lane lane = session.lane()) {
            try {
                job.work(lane, this::fine);
                return true;
            } catch (Resp.TooLarge e) {
                judge(session, e, lane.key());
                purge(session, lane.key());
            } catch (RuntimeException e) {
                judge(session, e, lane.key());
            }
        } catch (BusException e) {
            crew.troubles().tell(part, String.valueOf(e.getMessage()));
        }
        return false;
    }

    private void purge(Session session, String key) throws BusException, InterruptedException {
        try (Lane fresh = session.lane()) {
            job.tooLarge(fresh, key);
        } catch (RuntimeException e) {
            judge(session, e, key);
        }
    }

    private void judge(Session session, RuntimeException e, String key) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("closed");
        }
        if (session.ended()) {
            // Woken by the break of the link, whose reason somebody else told.
            return;
        }
        LOG.debug("{} is in trouble", part, e);
        switch (Trouble.of(e, crew.link().where(), key)) {
            case Trouble.Broken(var reason)
            when job.speaksForTheLink() && !(e instanceof Resp.TooLarge) ->
                crew.link().broken(session, reason);
            case Trouble.Broken _
            when failures == 0 && !(e instanceof Resp.TooLarge) ->
                // It may have broken with the link, of which somebody else hears a moment later.
                LOG.debug("{} tries again", part);
            case Trouble other -> crew.troubles().tell(part, other.reason());
        }
    }

    private void fine() {
        failures = 0;
        crew.troubles().over(part);
    }

    /** Ends the thread, and returns when it has ended or is stuck in something that can't be interrupted. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
