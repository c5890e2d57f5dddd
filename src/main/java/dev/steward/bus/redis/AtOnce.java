package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with many things at once, each on a thread of its own, so that what is written shares a commit. */
final class AtOnce {
    /** Something that may be refused. */
    @FunctionalInterface
    interface Action<T> {
        Object act(T thing) throws BusException;
    }

    private AtOnce() {}

    /** Returns when all are done; throws what the first one of those that failed threw. */
    static <T> void each(List<T> things, Action<T> action) throws BusException, InterruptedException {
        if (things.size() == 1) {
            action.act(things.getFirst());
            return;
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = threads.invokeAll(things.stream()
                    .map(thing -> (java.util.concurrent.Callable<Object>) () -> action.act(thing))
                    .toList());
            for (Future<?> each : done) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BusException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
