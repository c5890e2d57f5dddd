package dev.steward.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Optional;

/**
 * Files named by one path, or by a glob as {@link java.nio.file.FileSystem#getPathMatcher} understands it: {@code *} and
 * {@code ?} do not cross folders and match a leading dot, {@code **} crosses folders, but none whose name holds a line
 * break. Two are equal if they came to the same text. Immutable; any thread.
 */
public final class Glob {
    private final String text;
    private final Path start;
    private final int depth;
    private final PathMatcher matcher;

    /** @param text absolute; without glob characters it names one file */
    private Glob(String text) {
        var segments = GlobSegments.of(text);
        this.text = text;
        this.depth = segments.depth();
        if (depth == 0) {
            var file = Path.of("/" + segments.literalPart()).normalize();
            this.start = Optional.ofNullable(file.getParent()).orElse(file);
            this.matcher = file::equals;
        } else {
            this.start = Path.of("/" + segments.literalPart()).normalize();
            this.matcher = FileSystems.getDefault().getPathMatcher("glob:" + text);
        }
    }

    /**
     * A glob as a program writes it.
     *
     * @param text absolute, without {@code .} and {@code ..}; a backslash takes the next character as it is
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    public static Glob of(String text) {
        return new Glob(text);
    }

    /** This one file, whatever characters its name is made of. */
    public static Glob literally(Path file) {
        return new Glob(GlobSegments.escaped(file.toAbsolutePath().normalize().toString()));
    }

    /**
     * Whether a file is meant.
     *
     * @param file absolute and normalized
     */
    public boolean matches(Path file) {
        return matcher.matches(file);
    }

    /** Whether it names one file, which need not exist, rather than those that are found. */
    public boolean isLiteral() {
        return depth == 0;
    }

    /** The one file that it names; empty if it has glob characters. */
    public Optional<Path> literal() {
        return isLiteral() ? Optional.of(start.resolve(GlobSegments.of(text).lastName())) : Optional.empty();
    }

    /** The folder in and below which everything lies that it matches: as deep as its path has no glob characters. */
    public Path start() {
        return start;
    }

    /**
     * How many folders deep that may be, as {@link java.nio.file.Files#walk} counts: 1 for files of {@link #start} itself,
     * {@link Integer#MAX_VALUE} where {@code **} sets no bound.
     */
    public int depth() {
        return Math.max(1, depth);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && glob.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it would be written, absolute. */
    @Override
    public String toString() {
        return text;
    }
}
