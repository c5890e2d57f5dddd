package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A command, the caller that waits for it, and what came of it so far. */
final class Queued<T> {
    private final Command<T> command;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable Outcome<T> outcome;

    Queued(Command<T> command) {
        this.command = command;
    }

    /** What is told once it is committed. */
    private sealed interface Outcome<T> {
        record Value<T>(T value, boolean changed, Set<String> touched) implements Outcome<T> {}

        record Failure<T>(Throwable cause) implements Outcome<T> {}
    }

    /** Runs it within the transaction; whoever gets an exception rolls back what it did. */
    void run(Transaction in) throws SQLException, BusException {
        T value = command.run(in);
        outcome = new Outcome.Value<>(value, in.changed(), in.touched());
    }

    void failed(Throwable cause) {
        outcome = new Outcome.Failure<>(cause);
    }

    /** Lets the caller go on. */
    void tell() {
        switch (outcome) {
            case Outcome.Value<T> value -> done.complete(value.value());
            case Outcome.Failure<T> failure -> done.completeExceptionally(failure.cause());
            case null -> throw new IllegalStateException("it has not been run");
        }
    }

    /** Whether it changed what somebody may watch. */
    boolean changed() {
        return outcome instanceof Outcome.Value<T> value && value.changed();
    }

    Set<String> touched() {
        return outcome instanceof Outcome.Value<T> value ? value.touched() : Set.of();
    }

    /** Waits, also when interrupted: the writer answers within a bounded time, and what it did must be known. */
    T await() throws BusException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw again(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // Anew, so that its stack trace is the caller's.
    private static BusException again(@Nullable Throwable cause) {
        return switch (cause) {
            case BusException e -> new BusException(e.kind(), String.valueOf(e.getMessage()), e);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new IllegalStateException(cause);
        };
    }
}
