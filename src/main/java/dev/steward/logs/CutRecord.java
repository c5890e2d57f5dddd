package dev.steward.logs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far a rotation is. It stands in the name of the archive that is being made, so the archive and what is owed to the live log for
 * it can never disagree: both change by one rename(2). Once the archive gets its own name, there is no record any more.
 *
 * @param live the file that is being rotated
 * @param owned so many bytes of the archive are its own; what follows them was not finished
 */
record CutRecord(FileId live, Step step, long owned) {
    private static final String MARK = ".cut-";
    private static final int RADIX = 36;
    private static final Pattern NUMBERS =
            Pattern.compile("([a-z]+)-(-?\\w{1,13})-(-?\\w{1,13})-(\\w{1,13})-(\\w{1,13})-(\\w{1,13})");

    /** The record in a file of that name, if it is one of that log. */
    static Optional<CutRecord> in(String file, String log) {
        var prefix = "." + log + MARK;
        if (!file.startsWith(prefix)) {
            return Optional.empty();
        }
        var parts = NUMBERS.matcher(file.substring(prefix.length()));
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            var live = new FileId(number(parts.group(2)), number(parts.group(3)));
            var owned = number(parts.group(6));
            return step(parts.group(1), number(parts.group(4)), number(parts.group(5)))
                    .map(step -> new CutRecord(live, step, owned))
                    .filter(record -> record.nameFor(log).equals(file));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Step> step(String word, long first, long second) {
        return switch (word) {
            case "open" -> Optional.of(new Step.Open());
            case "punch" -> Optional.of(new Step.Punch(first, second));
            case "collapse" -> Optional.of(new Step.Collapse(first, second));
            case "pad" -> Optional.of(new Step.Pad(first));
            case "hole" -> Optional.of(new Step.Hole(first));
            case "truncate" -> Optional.of(new Step.Truncate(first));
            default -> Optional.empty();
        };
    }

    String nameFor(String log) {
        var numbers = switch (step) {
            case Step.Open _ -> List.of(0L, 0L);
            case Step.Punch punch -> List.of(punch.to(), punch.end());
            case Step.Collapse collapse -> List.of(collapse.to(), collapse.end());
            case Step.Pad pad -> List.of(pad.length(), 0L);
            case Step.Hole hole -> List.of(hole.to(), 0L);
            case Step.Truncate truncate -> List.of(truncate.end(), 0L);
        };
        var word = step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return "." + log + MARK
                + String.join(
                        "-",
                        word,
                        text(live.inode()),
                        text(live.birth()),
                        text(numbers.get(0)),
                        text(numbers.get(1)),
                        text(owned));
    }

    /** Whether nothing was taken, and nothing is owed. */
    boolean isEmpty() {
        return owned == 0 && step instanceof Step.Open;
    }

    private static String text(long number) {
        return Long.toString(number, RADIX);
    }

    private static long number(String text) {
        return Long.parseLong(text, RADIX);
    }
}
