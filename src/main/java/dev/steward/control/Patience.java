package dev.steward.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes a channel that is waited for too long: the one thing that ends a blocked connect, read or write of another thread. */
final class Patience implements AutoCloseable {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean ranOut;

    Patience(SocketChannel channel, Duration most) {
        Thread.ofPlatform().daemon().start(() -> watch(channel, most));
    }

    private void watch(SocketChannel channel, Duration most) {
        try {
            if (!over.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
                ranOut = true;
                channel.close();
            }
        } catch (InterruptedException | IOException e) {
            // This thread ends here, and whoever asked finds the channel closed or gets the answer.
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it closed the channel. */
    boolean ranOut() {
        return ranOut;
    }

    /** It took no longer. */
    @Override
    public void close() {
        over.countDown();
    }
}
