package dev.steward.logs.read;

import java.io.IOException;
import java.io.OutputStream;

/** Takes the wanted lines of a log. */
public interface Wanted {
    /** A wanted line begins. */
    void begin();

    /** Bytes of it, its newline included. */
    void bytes(byte[] bytes, int from, int count) throws IOException;

    /** All that is there now has come. */
    void flush() throws IOException;

    /** Writes them out. */
    static Wanted into(OutputStream out) {
        return after(0, out);
    }

    /** Writes them out, but for so many first ones. */
    static Wanted after(long leftOut, OutputStream out) {
        return new Wanted() {
            private long left = leftOut;

            @Override
            public void begin() {
                left--;
            }

            @Override
            public void bytes(byte[] bytes, int from, int count) throws IOException {
                if (left < 0 || leftOut <= 0) {
                    out.write(bytes, from, count);
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    /** Counts them. */
    final class Counted implements Wanted {
        private long lines;

        /** How many there were. */
        public long lines() {
            return lines;
        }

        @Override
        public void begin() {
            lines++;
        }

        @Override
        public void bytes(byte[] bytes, int from, int count) {
            // Lines are counted, not bytes.
        }

        @Override
        public void flush() {
            // There is nothing to write.
        }
    }
}
