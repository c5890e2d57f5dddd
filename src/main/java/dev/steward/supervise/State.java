package dev.steward.supervise;

import dev.steward.posix.ExitStatus;
import java.util.Optional;

/** Where an agent is in its life. People see seven names; what is on the way to a process is {@code starting} to them. */
sealed interface State {
    /** Nothing runs, and nothing is to. */
    record Stopped() implements State {}

    /** It is to run as soon as what it needs is there. */
    record Waiting() implements State {}

    /** A process is being made: the answer comes before anything else happens. */
    record Spawning() implements State {}

    /**
     * Something of an ended incarnation may still live, and is being ended: there are never two.
     *
     * @param then what happens once nothing of it lives
     */
    record Clearing(Then then) implements State {}

    /** It runs, and has not proven yet that it is ready. */
    record Starting(Incarnation incarnation) implements State {}

    /** It runs and was ready. */
    record Up(Incarnation incarnation) implements State {}

    /**
     * It was asked to stop, and its main process lives.
     *
     * @param then what happens once it has ended
     */
    record Stopping(Incarnation incarnation, Then then) implements State {}

    /** It failed, and is tried again later. */
    record BackingOff() implements State {}

    /** It ended by itself, and {@code keep_alive} says that this is right. */
    record Ended(ExitStatus status, boolean well) implements State {}

    /** It could not be started at all; tried again at the longest pause. */
    record Failed(String reason) implements State {}

    /** What comes after a stop. */
    enum Then {
        REST,
        START_AGAIN,
        WAIT,
        BACK_OFF,
        END,
        /** A new incarnation, unless there were too many of late. */
        REPLACE,
        /** It stops by itself: what its exit status calls for. */
        AS_IT_ENDS
    }

    /** The name that people and programs see. */
    default String label() {
        return switch (this) {
            case Stopped _ -> "stopped";
            case Waiting _, Spawning _, Starting _ -> "starting";
            case Clearing clearing ->
                clearing.then == Then.START_AGAIN || clearing.then == Then.REPLACE ? "starting" : "stopping";
            case Up _ -> "up";
            case Stopping _ -> "stopping";
            case BackingOff _ -> "backing_off";
            case Ended _ -> "ended";
            case Failed _ -> "failed";
        };
    }

    /** The process that belongs to this state. */
    default Optional<Incarnation> running() {
        return switch (this) {
            case Starting starting -> Optional.of(starting.incarnation);
            case Up up -> Optional.of(up.incarnation);
            case Stopping stopping -> Optional.of(stopping.incarnation);
            case Stopped _, Waiting _, Spawning _, Clearing _, BackingOff _, Ended _, Failed _ -> Optional.empty();
        };
    }

    /** Whether people see no difference to that state: the same name, and no new process. */
    default boolean looksLike(State other) {
        return label().equals(other.label()) && !(this instanceof Starting);
    }

    /** Whether something of it may live, so that what it needs has to go on. */
    default boolean occupied() {
        return running().isPresent() || this instanceof Clearing || this instanceof Spawning;
    }
}
