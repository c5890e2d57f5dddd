package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PendingTest {
    private static final int LOOKS = 200;
    /** They make a look long. */
    private static final int FILES = 200;

    @TempDir
    Path inbox;

    @Test
    void a_folder_can_be_looked_at_while_its_files_are_written_and_renamed() throws Exception {
        var order = Files.createDirectory(inbox.resolve("WO-1"));
        for (var i = 0; i < FILES; i++) {
            Files.createFile(order.resolve("file-" + i));
        }
        var pending = new Pending(order, 0);
        var isOver = new AtomicBoolean();
        var writer = CompletableFuture.runAsync(() -> write(order, isOver));
        try {
            for (var i = 0; i < LOOKS; i++) {
                pending.isWorthAChecking(i);
            }
        } finally {
            isOver.set(true);
            writer.join();
        }
        assertThat(pending.isWorthAChecking(LOOKS)).isTrue();
    }

    private static void write(Path order, AtomicBoolean isOver) {
        var part = order.resolve(".part");
        try {
            while (!isOver.get()) {
                Files.createFile(part);
                Files.move(part, order.resolve("WO-1.yaml"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
