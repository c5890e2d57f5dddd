package dev.steward.orders;

import dev.steward.bus.OrderRow;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks every checksum of every order that lies in an inbox, in constant memory. Reads alone: it may run while others receive. */
public final class InboxCheck {
    private InboxCheck() {}

    /**
     * What was found in one folder of the inbox.
     *
     * @param name of the folder
     * @param bytes that were read and hashed
     */
    public record Verdict(String name, long bytes, List<Finding> findings) {
        public Verdict {
            findings = List.copyOf(findings);
        }

        /** Whether the order is as its evidence says; files beside it don't matter. */
        public boolean isSound() {
            return findings.stream().allMatch(Finding.Extra.class::isInstance);
        }
    }

    /** Something that isn't as the evidence says. */
    public sealed interface Finding {
        /** It in a few words, for people. */
        default String text() {
            return switch (this) {
                case Changed changed
                when changed.isListOfChecksums() ->
                    Names.shown(changed.file()) + " contradicts what lies there, and the manifest";
                case Changed(var file) -> Names.shown(file) + " isn't what its checksum says";
                case Missing(var file) -> "it has no " + Names.shown(file);
                case Extra(var file) -> Names.shown(file) + " isn't part of the evidence";
                case HalfWritten(var reason) -> "it isn't whole: " + reason;
                case Unreadable(var file, var reason) -> Names.shown(file) + " " + reason;
            };
        }

        /** The file's content isn't what its checksum says, or what this node knows of the order. */
        record Changed(String file) implements Finding {
            /** It has no checksum itself: all else is as it says of itself, and as the manifest says. */
            public boolean isListOfChecksums() {
                return file.equals(Checksums.PATH);
            }
        }

        /** The evidence names a file that isn't there. */
        record Missing(String file) implements Finding {}

        /** The evidence doesn't name it: perhaps a worker put it there. */
        record Extra(String file) implements Finding {}

        /** The order isn't whole yet. */
        record HalfWritten(String reason) implements Finding {}

        /** It can't be read: no right, not a regular file, not what it should be. */
        record Unreadable(String file, String reason) implements Finding {}
    }

    /** What this node knows of orders besides what lies in the folder. */
    @FunctionalInterface
    public interface Known {
        /** Hashes of envelope and payload, as they were acknowledged. */
        Optional<OrderRow.Hashes> of(String id);
    }

    /**
     * Checks an inbox, order by order in the order of their names.
     *
     * @param verdicts is told each verdict as soon as it stands
     * @throws IOException if the inbox itself can't be read
     */
    public static void check(Path inbox, Known known, Consumer<Verdict> verdicts) throws IOException {
        var names = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(inbox)) {
            for (var each : all) {
                names.add(String.valueOf(each.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(Comparator.naturalOrder());
        for (var name : names) {
            // Names with a dot are Steward's own; a file beside the orders is none.
            if (!name.startsWith(".") && Disk.isThere(inbox.resolve(name)) && !isFile(inbox.resolve(name))) {
                verdict(inbox.resolve(name), known.of(name)).ifPresent(verdicts);
            }
        }
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<Verdict> verdict(Path folder, Optional<OrderRow.Hashes> known) {
        var name = String.valueOf(folder.getFileName());
        if (!Disk.isFolder(folder)) {
            return Optional.of(new Verdict(
                    name, 0, List.of(new Finding.Unreadable(name, "is no folder, but a link or the like"))));
        }
        if (known.isEmpty() && !FolderCheck.isBegun(folder)) {
            // Nothing says that it is an order: perhaps whoever reads the inbox keeps a folder of its own there.
            return Optional.empty();
        }
        var checked = FolderCheck.of(folder, known);
        return Optional.of(
                new Verdict(name, checked.bytes(), known.isPresent() ? checked.findings() : unfinished(checked)));
    }

    /** Of an order that nobody acknowledged, what is missing may still come. */
    private static List<Finding> unfinished(FolderCheck.Checked checked) {
        return checked.findings().stream()
                .map(finding -> finding instanceof Finding.Missing(var file)
                        ? new Finding.HalfWritten("it has no " + Names.shown(file))
                        : finding)
                .toList();
    }
}
