package dev.steward.orders;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * What an order carries, read once from its begin to its end.
 *
 * @param name of the file in the order's folder; made safe where it must be
 */
public record Payload(String name, Source source) {
    /** Opens the bytes. */
    @FunctionalInterface
    public interface Source {
        /** The caller closes it. */
        InputStream open() throws IOException;
    }

    /** A regular file. */
    public static Payload file(Path file) {
        return Soon.soon();
    }

    /** A stream without a name, for example standard input. */
    public static Payload stream(InputStream stream) {
        return new Payload("body", () -> stream);
    }
}
