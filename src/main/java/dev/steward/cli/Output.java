package dev.steward.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where data goes, always in UTF-8. It never throws, as no PrintStream does, and remembers what hindered it: an exit status of 0
 * promises that all of it was written.
 */
final class Output extends PrintStream {
    private static final Path OWN = Path.of("/dev/fd/1");
    private static final int KIND = 0xf000;
    private static final int PIPE = 0x1000;
    private static final int SOCKET = 0xc000;

    private final Witness witness;
    private final BooleanSupplier goesToSomebody;

    Output(OutputStream out) {
        this(new Witness(out), () -> false);
    }

    private Output(Witness witness, BooleanSupplier goesToSomebody) {
        super(witness, false, StandardCharsets.UTF_8);
        this.witness = witness;
        this.goesToSomebody = goesToSomebody;
    }

    /** This process's own. */
    static Output own() {
        return new Output(new Witness(new FileOutputStream(FileDescriptor.out)), Output::isPipe);
    }

    /** Why it is not whole, for people; empty if it is, or if whoever read it went away, as in {@code steward status | head}. */
    Optional<String> trouble() {
        flush();
        return Optional.ofNullable(witness.first)
                .filter(_ -> !goesToSomebody.getAsBoolean())
                .map(Output::told);
    }

    /** Nothing else can happen to a pipe than that its reader goes; the error's message, in the user's language, tells nothing. */
    private static boolean isPipe() {
        try {
            var kind = (int) Files.getAttribute(OWN, "unix:mode") & KIND;
            return kind == PIPE || kind == SOCKET;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String told(IOException why) {
        return "standard output cannot be written, so something is missing there: " + why.getMessage();
    }

    /** Sees what a PrintStream keeps to itself. */
    private static final class Witness extends OutputStream {
        private final OutputStream out;
        private volatile @Nullable IOException first;

        Witness(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw seen(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw seen(e);
            }
        }

        private IOException seen(IOException e) {
            if (first == null) {
                first = e;
            }
            return e;
        }
    }
}
