package dev.steward.orders;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what a receiver put into quarantine, each with a file {@code reason}. */
public final class PutAside {
    private PutAside() {}

    /**
     * The folder that was put aside under this id; of several, whose content differed, the last by name.
     *
     * @param inbox the inbox's folder
     * @throws IOException if the quarantine cannot be read
     */
    public static Optional<Path> find(Path inbox, String id) throws IOException {
        var quarantine = new Ground(inbox).quarantine();
        if (!Disk.isFolder(quarantine)) {
            return Optional.empty();
        }
        var name = Pattern.compile(Pattern.quote(id) + "~[0-9a-f]{" + Quarantine.HASH_IN_NAME + "}");
        var found = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(quarantine)) {
            for (var each : all) {
                if (name.matcher(String.valueOf(each.getFileName())).matches() && Disk.isFolder(each)) {
                    found.add(each);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found.stream().max(Comparator.naturalOrder());
    }
}
