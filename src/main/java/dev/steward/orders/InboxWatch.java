package dev.steward.orders;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for new names in an inbox, by {@code inotify(7)}: nothing is done while none comes. */
final class InboxWatch implements Closeable {
    private final WatchService service;
    private final WatchKey key;
    private final Path inbox;
    private final @Nullable Object identity;

    private InboxWatch(WatchService service, WatchKey key, Path inbox) throws IOException {
        this.service = service;
        this.key = key;
        this.inbox = inbox;
        this.identity = identity(inbox);
    }

    private static @Nullable Object identity(Path inbox) throws IOException {
        return Files.readAttributes(inbox, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Watches a folder, which exists. */
    static InboxWatch of(Path inbox) throws IOException {
        var service = inbox.getFileSystem().newWatchService();
        try {
            return new InboxWatch(service, inbox.register(service, ENTRY_CREATE), inbox);
        } catch (IOException | RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /**
     * What came.
     *
     * @param names that are new
     * @param isAll whether these are all; else some were lost, or the folder isn't watched any more
     */
    record News(List<String> names, boolean isAll) {}

    /** Returns as soon as something is new, or the time is over. */
    News await(long nanoseconds) throws InterruptedException {
        var names = new ArrayList<String>();
        var isAll = true;
        for (var told = service.poll(nanoseconds, TimeUnit.NANOSECONDS); told != null; told = service.poll()) {
            for (var event : told.pollEvents()) {
                isAll &= !event.kind().equals(OVERFLOW);
                if (event.context() instanceof Path name) {
                    names.add(name.toString());
                }
            }
            isAll &= told.reset();
        }
        return new News(names, isAll);
    }

    /**
     * Whether the folder is still watched: not after it was removed or replaced. The kernel doesn't tell, as long as a file of a removed
     * folder is open.
     */
    boolean isValid() throws IOException {
        return key.isValid() && Objects.equals(identity, identity(inbox));
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
