package dev.steward.orders;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which orders went to their place and aren't acknowledged yet. A receipt is an empty file {@code <id>~<arriving>}, made before the
 * order's folder is renamed: if the receipt is there and the folder {@code .arriving/<arriving>} is not, the order was brought to its
 * place, wherever whoever reads the inbox may have moved it since.
 *
 * <p>Nothing here is synced, for what counts is order, and file systems with a journal, and those that copy on write, keep the order of
 * changes to names: a receipt that outlasts a power loss came after its folder; a rename that somebody else did and that outlasts it came
 * after the receipt. A receipt that a power loss takes, while the order lies in its place, is not missed: the order is known by its
 * content.
 *
 * <p>All receipts are names of one file: a file made and deleted for each order would leave inodes behind that ext4 without a journal
 * keeps searching past for minutes ({@code recently_deleted} in Linux, {@code fs/ext4/ialloc.c}).
 */
final class Receipts {
    /** Ids may contain it, names of arriving folders don't. */
    private static final char MARK = '~';

    private static final String BLANK = "blank";

    private final Ground ground;
    private final Map<String, String> brought = new ConcurrentHashMap<>();

    Receipts(Ground ground) {
        this.ground = ground;
    }

    /** Before the rename, and after the folder. */
    void write(String id, String arriving) throws IOException {
        make(file(id, arriving));
        brought.put(id, arriving);
    }

    private void make(Path receipt) throws IOException {
        try {
            Files.createLink(receipt, ground.receipts().resolve(BLANK));
        } catch (IOException | UnsupportedOperationException e) {
            // It has as many names as a file may have, or is gone, or this file system knows no links.
            Files.createFile(receipt);
        }
    }

    /** The rename didn't happen. Before the folder goes: without it, the receipt would say that it was renamed. */
    void withdraw(String id, String arriving) throws IOException {
        brought.remove(id);
        Files.deleteIfExists(file(id, arriving));
    }

    /** Whether the order was brought to its place, by this receiver or one before it, and isn't settled. */
    boolean isBrought(String id) {
        return brought.containsKey(id);
    }

    /** Of an order that was brought to its place, the name under which it arrived. */
    Optional<String> brought(String id) {
        return Optional.ofNullable(brought.get(id));
    }

    /** Those that were brought and aren't settled. */
    Set<String> all() {
        return Set.copyOf(brought.keySet());
    }

    /** The bus knows that it was delivered: the receipt has served. */
    void settle(String id) throws IOException {
        var arriving = brought.get(id);
        if (arriving != null) {
            Files.deleteIfExists(file(id, arriving));
            brought.remove(id);
        }
    }

    /** At the start, with the lock held: learns what was brought, and clears away what had begun to arrive. */
    void recover() throws IOException {
        makeBlank(ground.receipts().resolve(BLANK));
        try (var receipts = Files.newDirectoryStream(ground.receipts())) {
            for (var receipt : receipts) {
                recover(receipt);
            }
        }
        try (var arriving = Files.newDirectoryStream(ground.arriving())) {
            for (var folder : arriving) {
                Disk.delete(folder);
            }
        }
    }

    private static void makeBlank(Path blank) throws IOException {
        try {
            if (!Disk.isThere(blank)) {
                Files.createFile(blank);
            }
        } catch (FileSystemException e) {
            // Of a full disk for example, on which old deliveries can still be finished. Each receipt is a file of its
            // own then.
            return;
        }
    }

    private void recover(Path receipt) throws IOException {
        var name = String.valueOf(receipt.getFileName());
        var mark = name.lastIndexOf(MARK);
        if (mark < 0) {
            return;
        }
        var arriving = name.substring(mark + 1);
        if (Disk.isThere(ground.arriving().resolve(arriving))) {
            Files.deleteIfExists(receipt);
        } else {
            brought.put(name.substring(0, mark), arriving);
        }
    }

    private Path file(String id, String arriving) {
        return ground.receipts().resolve(id + MARK + arriving);
    }
}
