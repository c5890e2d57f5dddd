package dev.steward.control;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients in for as long as the socket is open. An accept(2) that fails, as it does while the process has no descriptor left
 * (EMFILE), leaves the client waiting, and is tried again: told once, for it may fail for hours.
 */
final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(100);

    private final Door door;
    private final Pause pause;

    Entrance(Door door, Pause pause) {
        this.door = door;
        this.pause = pause;
    }

    /** Where clients come from. */
    interface Door {
        /** Waits for the next one; throws {@link ClosedChannelException} once it is closed. */
        SocketChannel accept() throws IOException;
    }

    /** Waits so long, or until all is closed; returns whether it is. */
    interface Pause {
        boolean of(Duration time) throws InterruptedException;
    }

    /** Returns once the door is closed. */
    void letIn(Consumer<SocketChannel> welcome) throws InterruptedException {
        var failing = false;
        while (true) {
            try {
                welcome.accept(door.accept());
                failing = false;
            } catch (ClosedChannelException e) {
                LOG.debug("the control socket is closed", e);
                return;
            } catch (IOException e) {
                if (!failing) {
                    LOG.warn("No client can be let in, and it is tried again: {}", e.getMessage());
                }
                failing = true;
                if (pause.of(AFTER_A_FAILURE)) {
                    return;
                }
            }
        }
    }
}
