package dev.steward.orders;

import dev.steward.bus.Body;
import dev.steward.bus.Bytes;
import dev.steward.bus.Site;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.random.RandomGenerator;

/** Takes payloads in: a small one into memory, a larger one into the spool. */
final class Intake {
    private final Site site;
    private final RandomGenerator random;

    Intake(Site site, RandomGenerator random) {
        this.site = site;
        this.random = random;
    }

    Body take(Payload payload) throws OrderException {
        try {
            limit(payload.source().atLeast());
            try (var in = new Origin(payload.source().open())) {
                return read(in);
            }
        } catch (TooLarge e) {
            throw new OrderException(
                    OrderException.Kind.MISUSE,
                    payload.origin() + " is larger than " + site.maxBody()
                            + " bytes, the limit of payloads on this node (orders.max_body in its configuration)",
                    e);
        } catch (SpoolFailed e) {
            throw new OrderException(
                    OrderException.Kind.CANNOT_CREATE,
                    "cannot keep the payload in " + site.spool() + ": " + Disk.reason(e.trouble)
                            + ". Nothing was dropped; see to room and rights there, and drop it again",
                    e.trouble);
        } catch (OriginFailed e) {
            throw unreadable(payload, e.trouble);
        } catch (IOException e) {
            throw unreadable(payload, e);
        }
    }

    private static OrderException unreadable(Payload payload, IOException e) {
        return new OrderException(
                OrderException.Kind.UNREADABLE,
                "cannot read the payload from " + payload.origin() + ": " + Disk.reason(e),
                e);
    }

    private Body read(InputStream in) throws IOException {
        var begin = in.readNBytes(Body.INLINE_LIMIT + 1);
        limit(begin.length);
        if (begin.length <= Body.INLINE_LIMIT) {
            return new Body(Sha256.of(begin), begin.length, new Body.Content.Inline(Bytes.of(begin)));
        }
        try {
            return new Spool(site.spool()).put(new ByteArrayInputStream(begin), in, random, this::limit);
        } catch (OriginFailed | TooLarge e) {
            throw e;
        } catch (IOException e) {
            throw new SpoolFailed(e);
        }
    }

    private void limit(long bytes) throws TooLarge {
        if (bytes > site.maxBody()) {
            throw new TooLarge();
        }
    }

    /** Tells trouble with the payload from trouble with the spool. */
    private static final class Origin extends FilterInputStream {
        Origin(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            try {
                return super.read(to, offset, length);
            } catch (IOException e) {
                throw new OriginFailed(e);
            }
        }
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static final class OriginFailed extends IOException {
        private static final long serialVersionUID = 1;
        private final IOException trouble;

        OriginFailed(IOException trouble) {
            super(trouble);
            this.trouble = trouble;
        }
    }

    private static final class SpoolFailed extends IOException {
        private static final long serialVersionUID = 1;
        private final IOException trouble;

        SpoolFailed(IOException trouble) {
            super(trouble);
            this.trouble = trouble;
        }
    }
}
