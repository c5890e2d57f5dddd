package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.DataSize;
import dev.steward.config.LogRules;
import dev.steward.config.LogRules.Strategy;
import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.Posix;
import dev.steward.posix.Users;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;

/** A folder with one log, and what rotates it. */
final class Workshop {
    static final Wish FORCED = new Wish(List.of(), false, true);
    static final Wish WHEN_DUE = new Wish(List.of(), false, false);
    static final Wish DRY = new Wish(List.of(), true, true);

    final Path log;
    final OpenFiles files = Posix.filesOnly();
    LogRules rules = rules(7, new Strategy.Cut());
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    /** Whom it acts as; tests run as whoever. */
    int user = -1;

    Optional<String> writer = Optional.empty();
    /** Whether somebody has every file open for writing. */
    boolean written;

    /** What somebody else does to the log while it is rotated. */
    Mischief meanwhile = () -> {};

    ByRenaming.Teller teller = _ -> {};

    interface Mischief {
        void happen() throws Exception;
    }

    Workshop(Path folder) {
        this(folder, "app.log");
    }

    Workshop(Path folder, String name) {
        log = folder.resolve(name);
    }

    static LogRules rules(int keep, Strategy strategy) {
        return rules(1_000_000, keep, 1_000_000_000, strategy);
    }

    static LogRules rules(long above, int keep, long total, Strategy strategy) {
        var due = new LogRules.Due(Optional.of(new DataSize(above)), Optional.empty());
        return new LogRules(
                due, new LogRules.Keep(keep, Optional.empty(), new DataSize(total)), false, strategy, Optional.empty());
    }

    Around around() {
        return new Around() {
            @Override
            public int user() {
                return user == -1 ? owner() : user;
            }

            @Override
            public <T> T as(String name, Callable<T> work) throws Exception {
                return work.call();
            }

            @Override
            public <T> T as(int uid, Callable<T> work) throws Exception {
                return work.call();
            }

            @Override
            public <T, X extends Exception> T asItself(Users.Part<T, X> part) throws X {
                return part.run();
            }

            @Override
            public Optional<String> whoWritesAnywhere(FileFacts file) {
                try {
                    meanwhile.happen();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return writer;
            }

            @Override
            public boolean isWritten(FileFacts file) {
                return written;
            }

            @Override
            public boolean isSurelyUnwritten(FileFacts file) {
                return true;
            }
        };
    }

    int owner() {
        try {
            return files.facts(log.resolveSibling("")).owner();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Rotator.Attempt rotate(Wish wish) throws Exception {
        now = now.plusSeconds(1);
        return new Rotator(files, around(), teller).rotate(new Log(log, rules), wish, now);
    }

    Rotated rotated() throws Exception {
        var attempt = rotate(FORCED);
        assertThat(attempt).isInstanceOf(Rotator.Attempt.Done.class);
        return ((Rotator.Attempt.Done) attempt).rotated();
    }

    /** As people are told of it. */
    Outcome outcome(Wish wish) {
        now = now.plusSeconds(1);
        var rotations = new Rotations(files, around(), teller, () -> now, () -> 0);
        return rotations.rotate(new Log(log, rules), wish);
    }

    void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Lines from one number to before another, of growing lengths. */
    static String lines(int from, int to) {
        var all = new StringBuilder();
        for (var i = from; i < to; i++) {
            all.append("line ").append(i).append(" ").repeat("x", i % 70).append('\n');
        }
        return all.toString();
    }

    /** A folder with all that is in it. */
    static void remove(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code zcat -f} prints of archives, oldest first, and log, without the hole at its head. */
    byte[] stream() throws IOException {
        var all = new ByteArrayOutputStream();
        for (var archive : new LogFolder(files, log).archives().newestFirst().reversed()) {
            all.write(content(new LogFolder(files, log).path(archive)));
        }
        var live = Files.readAllBytes(log);
        var head = 0;
        while (head < live.length && live[head] == 0) {
            head++;
        }
        all.write(live, head, live.length - head);
        return all.toByteArray();
    }

    static byte[] content(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return Files.readAllBytes(file);
        }
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        }
    }

    /** The same without blank lines, as {@code grep -v '^ *$'} leaves it. */
    String streamWithoutBlanks() throws IOException {
        return new String(stream(), StandardCharsets.ISO_8859_1).replaceAll("(?m)^ *\n", "");
    }

    List<String> names() throws IOException {
        try (var all = Files.list(log.resolveSibling(""))) {
            return all.map(each -> String.valueOf(each.getFileName())).sorted().toList();
        }
    }
}
