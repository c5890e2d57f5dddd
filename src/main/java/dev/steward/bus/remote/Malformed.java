package dev.steward.bus.remote;

import java.io.IOException;

/** The other side sent what the protocol doesn't know: there is no way to go on with it. */
final class Malformed extends IOException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
        super(message);
    }

    Malformed(String message, Throwable cause) {
        super(message, cause);
    }
}
