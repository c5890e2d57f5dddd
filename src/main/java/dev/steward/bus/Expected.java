package dev.steward.bus;

import java.time.Instant;

/** What has to hold of an order at the moment at which it is changed. Pure. */
public sealed interface Expected {
    /** Nothing but what {@link Lifecycle} asks for. */
    record Nothing() implements Expected {}

    /** This process still works on it. */
    record WorkedOnBy(Work work) implements Expected {}

    /**
     * Nothing became of it since somebody read it.
     *
     * @param changed when it last changed, as it was read
     */
    record Unchanged(Instant changed) implements Expected {}

    /** Whether it holds. */
    default boolean holds(OrderRow row) {
        return switch (this) {
            case Nothing _ -> true;
            case WorkedOnBy(var work) ->
                row.state() == OrderState.WORKING
                        && row.work().filter(work::isSame).isPresent();
            case Unchanged(var changed) -> row.changed().equals(changed);
        };
    }
}
