package dev.steward.posix;

import java.nio.charset.StandardCharsets;

/**
 * What arrived on a {@link LocalSocket}, with what the kernel says of the sender. The files that came with it are open until it is
 * closed: who waits for that, as sd_notify(3) does with {@code BARRIER=1}, is still there as long as it is looked at. To be
 * used by one thread, and always closed.
 */
public final class Datagram implements AutoCloseable {
    private final Libc libc;
    private final byte[] content;
    private final boolean truncated;
    private final Sender sender;
    private final int[] descriptors;
    private boolean open = true;

    Datagram(Libc libc, byte[] content, boolean truncated, Sender sender, int[] descriptors) {
        this.libc = libc;
        this.content = content;
        this.truncated = truncated;
        this.sender = sender;
        this.descriptors = descriptors;
    }

    /**
     * Who sent it, at the time when it was sent: it may have ended since, and its pid may be another's.
     *
     * @param pid 0 for a process that this one's PID namespace doesn't show
     * @param uid effective user id, as this user namespace shows it
     */
    public record Sender(long pid, long uid) {}

    /** Its bytes, {@link Datagrams#MOST_BYTES} at most. */
    public byte[] content() {
        return content.clone();
    }

    /** The same as text; bytes that are no UTF-8 come out as U+FFFD. */
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Whether it was longer than what is here. */
    public boolean truncated() {
        return truncated;
    }

    public Sender sender() {
        return sender;
    }

    /** How many open files came with it. */
    public int files() {
        return descriptors.length;
    }

    /** Closes the files that came with it. */
    @Override
    public void close() {
        if (open) {
            open = false;
            var close = libc.function("close");
            for (var descriptor : descriptors) {
                libc.call(close, descriptor);
            }
        }
    }
}
