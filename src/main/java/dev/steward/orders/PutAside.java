package dev.steward.orders;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a receiver put into quarantine, each with a file {@code reason}. */
public final class PutAside {
    private static final String MARK = "~[0-9a-f]{" + Quarantine.HASH_IN_NAME + "}";
    private static final Pattern ANY = Pattern.compile("(.+)" + MARK);

    private PutAside() {}

    /** A folder in quarantine; the id is {@code id-refused} if that of the order could be no folder's name. */
    public record Held(String id, Path folder) {}

    /**
     * All that was put aside, by name.
     *
     * @param inbox the inbox's folder
     * @throws IOException if the quarantine cannot be read
     */
    public static List<Held> all(Path inbox) throws IOException {
        return list(inbox, ANY);
    }

    /**
     * The folder that was put aside under this id; of several, whose content differed, the last by name.
     *
     * @param inbox the inbox's folder
     * @throws IOException if the quarantine cannot be read
     */
    public static Optional<Path> find(Path inbox, String id) throws IOException {
        var found = list(inbox, Pattern.compile("(" + Pattern.quote(id) + ")" + MARK));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast().folder());
    }

    private static List<Held> list(Path inbox, Pattern form) throws IOException {
        var quarantine = new Ground(inbox).quarantine();
        var found = new ArrayList<Held>();
        if (!Disk.isFolder(quarantine)) {
            return found;
        }
        try (var all = Files.newDirectoryStream(quarantine)) {
            for (var each : all) {
                var name = form.matcher(String.valueOf(each.getFileName()));
                if (name.matches() && Disk.isFolder(each)) {
                    found.add(new Held(name.group(1), each));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(Comparator.comparing(Held::folder));
        return found;
    }
}
