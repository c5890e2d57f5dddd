package dev.steward.orders;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists an inbox again only if its own time says that names may have changed. A name that comes within the same tick of the kernel's
 * clock doesn't change that time, so a listing counts only once another one after it saw the same time. For one thread.
 */
final class Listing {
    private final Path inbox;
    private @Nullable FileTime seen;
    private boolean isSure;

    Listing(Path inbox) {
        this.inbox = inbox;
    }

    /** Gives every name, if there may be a new one. */
    void list(Consumer<String> names) throws IOException {
        var now = Files.getLastModifiedTime(inbox, LinkOption.NOFOLLOW_LINKS);
        var isSame = now.equals(seen);
        if (isSame && isSure) {
            return;
        }
        try (var all = Files.newDirectoryStream(inbox)) {
            for (var each : all) {
                names.accept(String.valueOf(each.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        isSure = isSame;
        seen = now;
    }

    /** Names may have been missed: the next listing happens in any case. */
    void distrust() {
        seen = null;
        isSure = false;
    }
}
