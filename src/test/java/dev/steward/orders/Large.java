package dev.steward.orders;

import dev.steward.bus.Accepted;
import dev.steward.bus.Bus;
import dev.steward.bus.Site;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Payloads that no memory holds. */
final class Large {
    private Large() {}

    /** Drops one of so many bytes; gives its id. */
    static String drop(Bus bus, Path spool, long bytes) throws Exception {
        var ink = new Dropper.Ink(InstantSource.fixed(Orders.CREATED), ZoneOffset.UTC, new Random(1));
        var draft = new Draft(
                Optional.empty(), new InboxName("CLC"), new InboxName("CLS"), Priority.P3, "large", List.of());
        var accepted = new Dropper(bus, new Site("studio", spool, spool, bytes), ink)
                .drop(draft, Payload.stream(new Zeros(bytes)));
        return ((Accepted.New) accepted).id();
    }

    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long bytes) {
            this.left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            var read = (int) Math.min(left, length);
            left -= read;
            return read == 0 && length > 0 ? -1 : read;
        }
    }
}
