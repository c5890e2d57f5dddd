package dev.steward.bus.remote;

import dev.steward.bus.BusException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What was opened on the daemon's bus, with the connection that holds it there. */
final class Held {
    private final Wire wire;
    private Optional<Call> waiting = Optional.empty();

    Held(Wire wire) {
        this.wire = wire;
    }

    Reply answer(Request request) throws BusException {
        return wire.ask(request).only(wire.patience().answer());
    }

    /**
     * Waits for what comes. If that is interrupted, the next wait goes on with it, so that nothing which comes meanwhile is lost.
     * For one thread.
     *
     * @param asking what is asked, for so long a wait
     * @return what came; at the end of the wait it is empty
     */
    List<Reply> come(Function<Duration, Request> asking, Duration most) throws BusException, InterruptedException {
        var nanoTime = wire.patience().nanoTime();
        var begun = nanoTime.getAsLong();
        if (waiting.isPresent()) {
            var came = waiting.get().all(most);
            if (came.isEmpty()) {
                return List.of();
            }
            waiting = Optional.empty();
            var replies = withoutEnd(came.get());
            if (!replies.isEmpty()) {
                return replies;
            }
        }
        var left = most.minusNanos(nanoTime.getAsLong() - begun);
        var call = wire.ask(asking.apply(left.isNegative() ? Duration.ZERO : left));
        waiting = Optional.of(call);
        var all = call.all();
        waiting = Optional.empty();
        return withoutEnd(all);
    }

    /** What came before a failure is given first: the same failure follows. */
    private static List<Reply> withoutEnd(List<Reply> replies) throws BusException {
        if (replies.size() == 1) {
            Answers.done(replies.getFirst());
        }
        return replies.subList(0, replies.size() - 1);
    }

    /** Gives back what was taken. */
    void close() {
        try (wire) {
            Answers.done(wire.ask(new Request.Close()).only(wire.patience().greeting()));
        } catch (BusException e) {
            // With the connection ends what it holds, as it does when a process is killed.
            wire.close();
        }
    }
}
