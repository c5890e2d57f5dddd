package dev.steward.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what is wrong with one file, and remembers where each of its keys stands. */
final class Problems {
    /** Nobody reads on after these, and a hostile file must not fill the memory with messages. */
    static final int MOST = 100;

    private final Path file;
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Map<String, Position> positions = new HashMap<>();
    private int unsaid;

    Problems(Path file) {
        this.file = file;
    }

    void add(Position at, String message, String suggestion) {
        add(new Problem(file, at.line(), at.column(), message, suggestion));
    }

    void add(Problem problem) {
        if (found.size() < MOST) {
            found.add(problem);
        } else {
            unsaid++;
        }
    }

    void remember(String pointer, Position position) {
        positions.put(pointer, position);
    }

    Optional<Position> position(String pointer) {
        return Optional.ofNullable(positions.get(pointer));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the file's order; problems of other files, which it names, stand where they were found. */
    List<Problem> inOrder() {
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        if (unsaid > 0) {
            sorted.add(new Problem(file, 0, 0, "and " + unsaid + " problems more", ""));
        }
        return List.copyOf(sorted);
    }

    void throwIfAny() throws ConfigException {
        if (!isEmpty()) {
            throw new ConfigException(inOrder());
        }
    }
}
