package dev.steward.orders;

import java.io.IOException;
import java.nio.file.Path;

/** The inbox was removed or replaced while it was received: the lock on the one that lies there now may be another receiver's. */
final class InboxLost extends IOException {
    private static final long serialVersionUID = 1;

    InboxLost(Path inbox) {
        super(inbox + " was removed or replaced while it was received");
    }
}
