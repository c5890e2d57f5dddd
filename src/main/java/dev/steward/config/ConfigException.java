package dev.steward.config;

import java.util.List;
import java.util.stream.Collectors;

/** A file was refused. Its message is for people: one line for each problem, in the file's order. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
