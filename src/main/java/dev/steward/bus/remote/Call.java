package dev.steward.bus.remote;

import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that is under way. One thread hears its replies, another one waits for the last. */
final class Call {
    private final List<byte[]> replies = new ArrayList<>();
    private final CompletableFuture<List<byte[]>> all = new CompletableFuture<>();

    /** Returns whether that was the last one. */
    boolean hear(byte[] reply) {
        replies.add(reply);
        var last = ReplyFormat.isLast(reply);
        if (last) {
            all.complete(replies);
        }
        return last;
    }

    void fail(BusException why) {
        all.completeExceptionally(why);
    }

    /** All replies; waits until the call ends, or its connection. */
    List<Reply> all() throws BusException, InterruptedException {
        try {
            return read(all.get());
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** All replies, or empty if it goes on for longer. */
    Optional<List<Reply>> all(Duration most) throws BusException, InterruptedException {
        try {
            return Optional.of(read(all.get(TimeUnit.NANOSECONDS.convert(most), TimeUnit.NANOSECONDS)));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** The one reply of a call that has one, for which it waits so long at most. */
    Reply only(Duration most) throws BusException {
        try {
            return read(all.get(most.toNanos(), TimeUnit.NANOSECONDS)).getLast();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw new BusException(
                    Kind.UNAVAILABLE, "the daemon has not answered in " + most.toSeconds() + " s; ask again later", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusException(Kind.UNAVAILABLE, "interrupted while the daemon was asked", e);
        }
    }

    private static List<Reply> read(List<byte[]> replies) throws BusException {
        var all = new ArrayList<Reply>(replies.size());
        try {
            for (var reply : replies) {
                all.add(ReplyFormat.read(reply));
            }
        } catch (Malformed e) {
            throw new BusException(Kind.UNAVAILABLE, "the daemon's answer is malformed: " + e.getMessage(), e);
        }
        return all;
    }

    /** Shows the place of the failure and that of the one who waited. */
    private static BusException failure(ExecutionException e) {
        return e.getCause() instanceof BusException why
                ? new BusException(why.kind(), String.valueOf(why.getMessage()), e)
                : new BusException(Kind.UNAVAILABLE, "the daemon could not be asked", e);
    }
}
