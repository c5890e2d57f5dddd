package dev.steward.logs;

import dev.steward.posix.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Finds where whole lines end. */
final class LineEnds {
    private static final int BLOCK = 1 << 16;

    private LineEnds() {}

    /**
     * Behind the last newline in [from, size), or nothing if there is none in so many bytes before the end.
     *
     * @param most how far to look back, in bytes
     */
    static OptionalLong last(OpenFile live, long from, long size, long most) throws IOException {
        var stop = Math.max(from, size - most);
        var block = ByteBuffer.allocateDirect(BLOCK);
        for (var end = size; end > stop; ) {
            var start = Math.max(stop, end - BLOCK);
            block.clear().limit((int) (end - start));
            live.readFully(block, start);
            for (var i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return OptionalLong.of(start + i + 1);
                }
            }
            end = start;
        }
        return OptionalLong.empty();
    }

    /** Behind the first newline in [from, goal), or nothing if there is none. */
    static OptionalLong next(OpenFile live, long from, long goal) throws IOException {
        var block = ByteBuffer.allocateDirect(BLOCK);
        for (var start = from; start < goal; start += BLOCK) {
            block.clear().limit((int) Math.min(BLOCK, goal - start));
            live.readFully(block, start);
            for (var i = 0; i < block.position(); i++) {
                if (block.get(i) == '\n') {
                    return OptionalLong.of(start + i + 1);
                }
            }
        }
        return OptionalLong.empty();
    }
}
