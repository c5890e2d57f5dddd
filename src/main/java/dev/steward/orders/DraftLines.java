package dev.steward.orders;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a draft says in words, fit for an envelope, a log and a table. Pure.
 *
 * @param tags separated by commas, without blank ones
 */
record DraftLines(String title, String tags) {
    static DraftLines of(Draft draft) throws OrderException {
        if (draft.title().isBlank()) {
            throw OrderException.misuse("the title is empty; say in a few words what is asked for");
        }
        var tags = draft.tags().stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.joining(","));
        return new DraftLines(checked("title", draft.title().strip()), checked("line of tags", tags));
    }

    private static String checked(String what, String text) throws OrderException {
        if (text.codePoints().anyMatch(Names::isUnfit)) {
            throw OrderException.misuse(
                    "the " + what
                            + " contains a control character, or a line break; what is longer than a line belongs into the payload");
        }
        var length = text.codePointCount(0, text.length());
        if (length > Draft.MAX_TEXT) {
            throw OrderException.misuse("the " + what + " has " + length + " characters, more than " + Draft.MAX_TEXT
                    + "; what is longer belongs into the payload");
        }
        return text;
    }
}
