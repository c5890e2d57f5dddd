package dev.steward.orders;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an order carries, read once from its begin to its end.
 *
 * @param name of the file in the order's folder; made safe where it must be
 * @param origin for messages: where the bytes come from
 */
public record Payload(String name, String origin, Source source) {
    /** Opens the bytes. */
    @FunctionalInterface
    public interface Source {
        /** The caller closes it. */
        InputStream open() throws IOException;

        /** How many there will be, as far as that is known before: at least so many. */
        default long atLeast() throws IOException {
            return 0;
        }
    }

    /** A file, also a pipe; it gives the order's file its name. */
    public static Payload file(Path file) {
        var name = file.getFileName();
        return new Payload(name == null ? BodyName.UNNAMED : name.toString(), file.toString(), new OfFile(file));
    }

    /** A stream without a name, for example standard input. */
    public static Payload stream(InputStream stream) {
        return new Payload(BodyName.UNNAMED, "standard input", () -> stream);
    }

    private record OfFile(Path file) implements Source {
        @Override
        public InputStream open() throws IOException {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a folder");
            }
            return Files.newInputStream(file);
        }

        @Override
        public long atLeast() throws IOException {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        }
    }
}
