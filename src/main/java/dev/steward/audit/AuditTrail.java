package dev.steward.audit;

import dev.steward.audit.Turns.Answer;
import dev.steward.audit.Turns.Answer.Failed;
import dev.steward.audit.Turns.Answer.Outcome;
import dev.steward.audit.Turns.Answer.Recorded;
import dev.steward.audit.Turns.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;

/**
 * Appends to the audit trail: JSON Lines, each with the SHA-256 of the line before it (docs/audit.md). Several processes may append
 * to one file, each with a trail of its own. Any thread may call; what many append at once shares one sync, so that a process should
 * have one trail for all its threads.
 *
 * <p>Nothing is held between appends, so that a file that was moved away is noticed. What an interrupted write left after the last
 * newline is moved to {@code <file>.torn} and recorded as {@code audit_repaired}. If the file became shorter since the last append,
 * {@code audit_shortened} is recorded; if another one is in its place, {@code audit_replaced}.
 */
public final class AuditTrail {
    private static final DateTimeFormatter TS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private final Path path;
    private final TrailFile file;
    private final Turns turns = new Turns();

    private AuditTrail(Path path, TrailFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Touches nothing: the file (mode 0600) and its folder are made by the first append.
     *
     * @param zone in which the times of records are written
     * @param locker {@link Locker#beside}, unless nobody else appends
     */
    public static AuditTrail open(Path file, InstantSource clock, ZoneId zone, Locker locker) {
        var path = file.toAbsolutePath();
        return new AuditTrail(
                path,
                new TrailFile(path, locker, () -> TS.format(clock.instant().atZone(zone))));
    }

    /**
     * Records the events, in their order and one after the other, with one sync; waits for that, even if interrupted. When it
     * returns, they are on disk. An empty list only tells the head (and repairs, if there is something to repair).
     *
     * @return where the trail ended when they were recorded: number and hash of the last of them
     * @throws AuditException if none was recorded; the file is as it was, and a later append works once the trouble is over
     */
    public Head append(List<AuditEvent> events) throws AuditException {
        var request = new Request(RecordBody.of(events));
        var outcome = switch (turns.await(request)) {
            case Answer.Write() -> writeForAll(request);
            case Outcome others -> others;
        };
        return switch (outcome) {
            case Recorded(Seal seal) -> seal.head();
            case Failed(IOException why) ->
                throw AuditException.of(
                        path, "recording", why, "Nothing of it was recorded. Check free space and rights there");
            case Failed(Throwable fault) -> throw new IllegalStateException("a fault in recording to " + path, fault);
        };
    }

    private Outcome writeForAll(Request own) {
        try {
            var all = turns.take();
            var outcomes = write(all);
            for (int i = 0; i < all.size(); i++) {
                // Nobody waits for the writer's own.
                all.get(i).answer(outcomes.get(i));
            }
            return outcomes.get(all.indexOf(own));
        } finally {
            turns.pass();
        }
    }

    private List<Outcome> write(List<Request> all) {
        try {
            return file.append(all.stream().map(Request::records).toList()).stream()
                    .<Outcome>map(Recorded::new)
                    .toList();
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it is, nobody may wait for ever.
            return Collections.nCopies(all.size(), new Failed(e));
        }
    }
}
