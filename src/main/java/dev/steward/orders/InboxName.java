package dev.steward.orders;

import dev.steward.bus.Heading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;

/**
 * The name of an inbox, which is the name of who reads it; safe as the name of a folder, by the rules of {@link OrderId}. Names
 * compare without case.
 *
 * @param text as it was written
 */
public record InboxName(String text) {
    /**
     * A name that exists.
     *
     * @throws IllegalArgumentException if it isn't one; {@link #of} says so to people
     */
    public InboxName {
        Names.objection(text).ifPresent(objection -> {
            throw new IllegalArgumentException("the name of an inbox " + objection);
        });
    }

    /** The name that somebody gave. */
    public static InboxName of(String text) throws OrderException {
        var objection = Names.objection(text);
        if (objection.isPresent()) {
            throw OrderException.misuse(
                    "the name '" + Names.shown(text) + "' " + objection.get()
                            + "; a name has 1 to 128 bytes, no slash, backslash, .. or control character, and begins with neither . nor -");
        }
        return new InboxName(text);
    }

    /** As names are compared. */
    public String key() {
        return Heading.inbox(text);
    }

    /**
     * The inbox's folder: the one that is there under this name in any case (the same case first, else the first by name), else the
     * one that is to be made, named as this is.
     *
     * @param inboxes the folder of inboxes; it need not exist
     */
    public Path folderIn(Path inboxes) throws IOException {
        var exact = inboxes.resolve(text);
        if (Files.isDirectory(exact, LinkOption.NOFOLLOW_LINKS) || !Files.isDirectory(inboxes)) {
            return exact;
        }
        var found = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(inboxes)) {
            for (var each : all) {
                var name = String.valueOf(each.getFileName());
                if (Heading.inbox(name).equals(key()) && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(each);
                }
            }
        }
        return found.stream().min(Comparator.naturalOrder()).orElse(exact);
    }

    @Override
    public String toString() {
        return text;
    }
}
