package dev.steward.audit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reads a trail in stretches of one length, by as many threads as there are processors: a record's hash needs nothing but its own
 * line. For one thread.
 */
final class Stretches implements AutoCloseable {
    private final LineFile file;
    private final long bound;
    private final long length;
    private final int most = 2 * Runtime.getRuntime().availableProcessors();
    private final ExecutorService readers = Executors.newFixedThreadPool(most / 2);
    private final Queue<CompletableFuture<Optional<Stretch>>> ahead = new ArrayDeque<>();
    private long asked;

    /**
     * @param from where a line begins
     * @param bound follows a newline
     */
    Stretches(LineFile file, long from, long bound, long length) {
        this.file = file;
        this.bound = bound;
        this.length = length;
        asked = from;
    }

    /** The next one; empty if something about it is unusual. There must be one. */
    Optional<Stretch> next() {
        while (ahead.size() < most && asked < bound) {
            long from = asked;
            asked = Math.min(bound, from + length);
            long to = asked;
            ahead.add(CompletableFuture.supplyAsync(() -> read(from, to), readers));
        }
        return ahead.remove().join();
    }

    private Optional<Stretch> read(long from, long to) {
        try {
            return new StretchReader(file, bound).read(from, to);
        } catch (IOException e) {
            // Whoever reads the lines one by one now meets it too, and says so.
            return Optional.empty();
        }
    }

    /** Waits for those that are being read. */
    @Override
    public void close() {
        readers.close();
    }
}
