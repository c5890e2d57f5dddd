package dev.steward.logs;

import dev.steward.posix.OpenFile;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Does what is owed to a live file of which a piece was archived. Before anything is taken from it, its bytes are compared with the
 * archive's: if somebody truncated it meanwhile, nothing is owed any more. Whoever is killed, or loses power, in a step does it again.
 */
final class Steps {
    /** So much is compared. */
    private static final int COMPARED = 4096;

    private final OpenFile live;
    private final OpenFile archive;

    Steps(OpenFile live, OpenFile archive) {
        this.live = live;
        this.archive = archive;
    }

    /**
     * Does a step.
     *
     * @param owned bytes that the archive has
     * @return what is owed then
     */
    Step after(Step step, long owned) throws IOException {
        return switch (step) {
            case Step.Open open -> open;
            case Step.Punch punch -> punch(punch, owned);
            case Step.Collapse collapse -> collapse(collapse);
            case Step.Pad pad -> pad(pad, owned);
            case Step.Hole hole -> hole(hole, owned);
            case Step.Truncate truncate -> truncate(truncate, owned);
        };
    }

    private Step punch(Step.Punch step, long owned) throws IOException {
        if (!isStill(step.end(), step.to(), owned)) {
            return new Step.Open();
        }
        live.punch(0, step.to());
        return new Step.Collapse(step.to(), step.end());
    }

    private Step collapse(Step.Collapse step) throws IOException {
        // Data at the head says that it was done: what came after the hole moved there.
        if (live.nextData(0) >= step.to()) {
            if (live.facts().size() < step.end()) {
                return new Step.Open();
            }
            try {
                live.collapse(0, step.to());
            } catch (SystemFailure e) {
                return switch (e.kind()) {
                    case NO_SPACE, BUSY -> throw e;
                    // The trial promised more than holds for this file.
                    case NOT_SUPPORTED, INVALID, NOT_PERMITTED, MISSING, EXISTS, SYMLINK, NOT_A_FILE, OTHER ->
                        new Step.Hole(step.end());
                };
            }
        }
        if (step.end() > step.to()) {
            return new Step.Pad(step.end() - step.to());
        }
        Head.note(live, 0);
        return new Step.Open();
    }

    private Step pad(Step.Pad step, long owned) throws IOException {
        if (isHalfBlank(step.length(), owned)) {
            live.write(Head.blank(step.length()), 0);
            live.syncData();
            Head.note(live, step.length());
        }
        return new Step.Open();
    }

    private Step hole(Step.Hole step, long owned) throws IOException {
        if (isStill(step.to(), step.to(), owned)) {
            live.punch(0, step.to());
            Head.note(live, step.to());
        }
        return new Step.Open();
    }

    private Step truncate(Step.Truncate step, long owned) throws IOException {
        if (isOwed(step, owned)) {
            live.truncate(0);
            Head.note(live, 0);
        }
        return new Step.Open();
    }

    /** Whether the file still has what was copied. */
    boolean isOwed(Step.Truncate step, long owned) throws IOException {
        return isStill(step.end(), step.end(), owned);
    }

    /**
     * Whether before {@code end} stands what the archive ends with; or NULs, where it was punched; or blanks from {@code to} on, which
     * may come to the disk before what led to them.
     */
    private boolean isStill(long end, long to, long owned) throws IOException {
        if (live.facts().size() < end) {
            return false;
        }
        var count = (int) Math.min(COMPARED, Math.min(end, owned));
        var blank = ByteBuffer.allocate(count);
        for (var i = (int) Math.max(0, count - (end - to)); i < count; i++) {
            blank.put(i, (byte) (i == count - 1 ? '\n' : ' '));
        }
        return isOneOf(bytes(live, end - count, count), archiveEnd(count, owned), ByteBuffer.allocate(count), blank);
    }

    /** Whether the head is still the archive's end, or a blank line in its place, or something of both. */
    private boolean isHalfBlank(long length, long owned) throws IOException {
        if (live.facts().size() < length) {
            return false;
        }
        var count = (int) Math.min(length, owned);
        var blank = Head.blank(length).position((int) (length - count)).slice();
        return isOneOf(bytes(live, length - count, count), archiveEnd(count, owned), blank);
    }

    /** Whether each byte is that of one of them: a write may have been interrupted anywhere. */
    private static boolean isOneOf(ByteBuffer present, ByteBuffer... possible) {
        for (var i = 0; i < possible[0].limit(); i++) {
            var found = false;
            for (var each : possible) {
                found |= i < present.limit() && present.get(i) == each.get(i);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private ByteBuffer archiveEnd(int count, long owned) throws IOException {
        return bytes(archive, owned - count, count);
    }

    private static ByteBuffer bytes(OpenFile file, long at, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        file.readFully(bytes, at);
        return bytes.flip();
    }
}
