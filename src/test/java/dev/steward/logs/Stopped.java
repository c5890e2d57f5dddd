package dev.steward.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.steward.posix.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;

/**
 * A cut of one piece that stopped somewhere: the files as whoever was killed there leaves them. Step by step by hand, since the one
 * that is tested is what would bring it there.
 */
final class Stopped {
    private static final long ALIGN = 4096;

    private final Workshop shop;
    private final byte[] before;
    private final Piece piece;
    private final FileId id;
    private String hidden = "";

    /** A log with that head and content, which is to be cut behind its last whole line. */
    Stopped(Workshop shop, int head, String content) throws IOException {
        this.shop = shop;
        Files.write(shop.log, head == 0 ? new byte[0] : Head.blank(head).array());
        Files.writeString(shop.log, content, ISO_8859_1, CREATE, APPEND);
        try (var live = live()) {
            Head.note(live, head);
            id = FileId.of(live.facts());
        }
        before = Files.readAllBytes(shop.log);
        var goal = head + content.lastIndexOf('\n') + 1;
        piece = Piece.next(head, goal, before.length, ALIGN, Long.MAX_VALUE / 2);
    }

    private interface Deed {
        void at(OpenFile live) throws IOException;
    }

    private OpenFile live() throws IOException {
        return shop.files.update(shop.log);
    }

    private Stopped with(Deed deed) throws IOException {
        try (var live = live()) {
            deed.at(live);
        }
        return this;
    }

    private Stopped record(Step step, long owned) throws IOException {
        var name = new CutRecord(id, step, owned).nameFor("app.log");
        if (hidden.isEmpty()) {
            shop.files.create(shop.log.resolveSibling(name), 0600).close();
        } else {
            Files.move(shop.log.resolveSibling(hidden), shop.log.resolveSibling(name));
        }
        hidden = name;
        return this;
    }

    Stopped begun() throws IOException {
        return record(new Step.Open(), 0);
    }

    /** So many per cent of the piece have been copied. */
    Stopped copied(int percent) throws IOException {
        begun();
        var end = (int) (piece.from() + piece.bytes() * percent / 100);
        Files.write(shop.log.resolveSibling(hidden), Arrays.copyOfRange(before, (int) piece.from(), end));
        return this;
    }

    private boolean hasCollapse() {
        return piece.cut() > 0;
    }

    Stopped first() throws IOException {
        return copied(100).record(piece.firstStep(), piece.bytes());
    }

    Stopped punched(int percent) throws IOException {
        first();
        var length = percent == 100 ? piece.cut() : piece.cut() * percent / 100 / ALIGN * ALIGN;
        return length == 0 ? this : with(live -> live.punch(0, length));
    }

    Stopped collapseNoted() throws IOException {
        return !hasCollapse()
                ? first()
                : punched(100).record(new Step.Collapse(piece.cut(), piece.end()), piece.bytes());
    }

    Stopped collapsed() throws IOException {
        return !hasCollapse() ? first() : collapseNoted().with(live -> live.collapse(0, piece.cut()));
    }

    Stopped padNoted() throws IOException {
        var there = collapsed();
        return piece.blank() == 0 ? there : there.record(new Step.Pad(piece.blank()), piece.bytes());
    }

    Stopped padded(int percent) throws IOException {
        padNoted();
        if (piece.blank() == 0) {
            return this;
        }
        var some = Arrays.copyOf(Head.blank(piece.blank()).array(), (int) piece.blank() * percent / 100);
        return with(live -> live.write(ByteBuffer.wrap(some), 0));
    }

    Stopped noted() throws IOException {
        return padded(100).with(live -> Head.note(live, piece.blank()));
    }

    Stopped owesNothing() throws IOException {
        return noted().record(new Step.Open(), piece.bytes());
    }

    /** Its archive in the making is another one's. */
    Stopped owned(int owner) throws IOException {
        try (var archive = shop.files.update(shop.log.resolveSibling(hidden))) {
            archive.own(owner, owner);
        }
        return this;
    }

    /** Copied, where it is to be cut to nothing. */
    Stopped truncateNoted() throws IOException {
        return copied(100).record(new Step.Truncate(piece.end()), piece.bytes());
    }

    /** Punched, where the file system cannot collapse. */
    Stopped holeNoted() throws IOException {
        return copied(100).record(new Step.Hole(piece.end()), piece.bytes());
    }

    Stopped holed() throws IOException {
        return holeNoted().with(live -> live.punch(0, piece.end()));
    }

    Stopped holeIsKnown() throws IOException {
        return holed().with(live -> Head.note(live, piece.end())).record(new Step.Open(), piece.bytes());
    }
}
