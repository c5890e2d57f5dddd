package dev.steward.bus.redis;

import dev.steward.bus.Body;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.redis.OrderEntry.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Carries large bodies: in pieces through a hash beside the stream, a few pieces in memory at a time. A transfer that broke goes on
 * where it was. Thread-safe, with a lane for each call.
 */
final class Bodies {
    /** Files in the spool that came through Redis; what an earlier process left of them is of no use. */
    private static final String PREFIX = "redis-";

    private static final String HASH = "sha256";
    private static final int AT_ONCE = 4;

    private final Site site;
    private final Duration keep;
    private final AtomicLong number = new AtomicLong();

    Bodies(Site site, Duration keep) {
        this.site = site;
        this.keep = keep;
    }

    /** How large one may be, in bytes. */
    long most() {
        return site.maxBody();
    }

    Path spool() {
        return site.spool();
    }

    /** Removes what an earlier process of this node had fetched and not delivered. */
    void clean() throws IOException {
        Files.createDirectories(spool());
        try (var left = Files.newDirectoryStream(spool(), PREFIX + "*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Puts a body beside the stream. */
    void send(Lane lane, WorkOrder order, Path file) throws IOException {
        String key = Names.body(order.heading().to(), order.id());
        int next = begin(lane, key, order.body());
        int pieces = OrderEntry.pieces(order.body());
        try (var in = Files.newInputStream(file)) {
            // What is there as a whole has no next piece to skip to.
            in.skipNBytes(Math.min((long) next * OrderEntry.PIECE, order.body().size()));
            while (next < pieces) {
                var commands = new ArrayList<CommandArguments>();
                for (int i = 0; i < AT_ONCE && next < pieces; i++, next++) {
                    commands.add(command(Command.HSET, key)
                            .add(Integer.toString(next))
                            .add(piece(in, order, next)));
                }
                commands.add(expire(key));
                lane.to(key).askAll(commands).forEach(Reply::number);
            }
        }
    }

    /** Gives the number of the first piece that isn't there. */
    private int begin(Lane lane, String key, Body body) {
        var known = lane.ask(key, command(Command.HGET, key).add(HASH));
        if (known != null && Reply.text(known).equals(body.sha256())) {
            return Math.toIntExact(Reply.number(lane.ask(key, command(Command.HLEN, key)))) - 1;
        }
        lane.to(key)
                .askAll(List.of(
                        command(Command.UNLINK, key),
                        command(Command.HSET, key).add(HASH).add(body.sha256()),
                        expire(key)))
                .forEach(Reply::number);
        return 0;
    }

    private static byte[] piece(InputStream in, WorkOrder order, int number) throws IOException {
        long left = order.body().size() - (long) number * OrderEntry.PIECE;
        byte[] bytes = in.readNBytes(Math.toIntExact(Math.min(left, OrderEntry.PIECE)));
        if (bytes.length != Math.min(left, OrderEntry.PIECE)) {
            throw new IOException("the payload of " + order.id() + " in the spool is shorter than "
                    + order.body().size() + " bytes");
        }
        return bytes;
    }

    /** What was put there makes no sense any more, for example since there is no room for the rest. */
    void withdraw(Lane lane, WorkOrder order) {
        String key = Names.body(order.heading().to(), order.id());
        // At once, unlike UNLINK: what it took has to be free when something else is asked for.
        lane.ask(key, command(Command.DEL, key));
    }

    /** Whether Redis would take a small thing in its place. */
    boolean findsRoom(Lane lane, WorkOrder order) {
        String key = Names.body(order.heading().to(), order.id());
        var answers = lane.to(key)
                .askAll(List.of(
                        command(Command.HSET, key).add(HASH).add(order.body().sha256()), command(Command.DEL, key)));
        return !(answers.getFirst() instanceof JedisDataException);
    }

    /**
     * Fetches a body into the spool.
     *
     * @param progress called again and again
     * @return null if it isn't there (any more)
     */
    @Nullable
    Path fetch(Lane lane, String inbox, String id, Payload payload, Runnable progress) throws IOException {
        Path file = spool().resolve(PREFIX + number.incrementAndGet());
        boolean whole = false;
        try (var out = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            whole = fetch(lane, Names.body(inbox, id), payload, out, progress);
            out.force(true);
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        return whole ? file : null;
    }

    private boolean fetch(Lane lane, String key, Payload payload, FileChannel out, Runnable progress)
            throws IOException {
        int pieces = payload.pieces();
        for (int next = 0; next < pieces; next += AT_ONCE) {
            var wanted = IntStream.range(next, Math.min(next + AT_ONCE, pieces))
                    .mapToObj(piece -> command(Command.HGET, key).add(Integer.toString(piece)))
                    .toList();
            for (Object piece : lane.to(key).askAll(wanted)) {
                if (piece == null || out.position() + Reply.bytes(piece).length > payload.size()) {
                    return false;
                }
                write(out, Reply.bytes(piece));
            }
            progress.run();
        }
        return out.position() == payload.size();
    }

    private static void write(FileChannel out, byte[] bytes) throws IOException {
        for (var buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            out.write(buffer);
        }
    }

    /** A fetched body isn't needed any more. */
    static void discard(Body body) throws IOException {
        if (body.content() instanceof Body.Content.Spooled(var file)
                && file.getFileName().toString().startsWith(PREFIX)) {
            Files.deleteIfExists(file);
        }
    }

    private CommandArguments expire(String key) {
        return command(Command.PEXPIRE, key).add(keep.toMillis());
    }

    private static CommandArguments command(Command command, String key) {
        return new CommandArguments(command).add(key);
    }
}
