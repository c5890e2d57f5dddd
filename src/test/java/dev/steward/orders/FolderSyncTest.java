package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSyncTest {
    @TempDir
    Path folder;

    @Test
    void all_who_ask_at_once_are_answered() throws Exception {
        var sync = new FolderSync(folder);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var asked = IntStream.range(0, 200)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                        sync.sync();
                        return true;
                    }))
                    .toList();
            for (var each : asked) {
                assertThat(each.get()).isEqualTo(true);
            }
        }
    }

    @Test
    void who_asks_while_it_fails_is_told_so_and_later_ones_succeed() throws Exception {
        var missing = folder.resolve("missing");
        var sync = new FolderSync(missing);

        assertThatThrownBy(sync::sync).isInstanceOf(IOException.class);
        assertThatThrownBy(sync::sync).isInstanceOf(IOException.class);
        Files.createDirectory(missing);

        sync.sync();
    }
}
