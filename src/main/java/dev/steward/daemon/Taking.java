package dev.steward.daemon;

import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has configurations taken up, and what failed at one tried again. For one thread, but for {@link #problem}. */
final class Taking<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Taking.class);

    private final Consumer<T> taker;
    private volatile Optional<Failure<T>> failure = Optional.empty();

    /** @param taker may fail; it is given the same configuration again then */
    Taking(Consumer<T> taker) {
        this.taker = taker;
    }

    private record Failure<T>(T configuration, String problem) {}

    /** Has it taken up. */
    void take(T next) {
        try {
            taker.accept(next);
            failure = Optional.empty();
        } catch (RuntimeException e) {
            var problem = "the configuration of work orders is not taken up as a whole, which is tried again: " + e;
            if (failure.filter(it -> it.problem().equals(problem)).isEmpty()) {
                LOG.error("A fault of Steward: {}. Please report this.", problem, e);
            }
            failure = Optional.of(new Failure<>(next, problem));
        }
    }

    /** Tries again what failed. */
    void again() {
        failure.ifPresent(it -> take(it.configuration()));
    }

    /** For people; empty if the last configuration was taken up. */
    Optional<String> problem() {
        return failure.map(Failure::problem);
    }
}
