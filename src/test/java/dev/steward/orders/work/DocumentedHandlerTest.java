package dev.steward.orders.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.OrderState;
import dev.steward.posix.Posix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The handler in {@code docs/workers.md} does what is said of it. */
@Timeout(60)
class DocumentedHandlerTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("steward.basedir", "."), "docs", "workers.md");

    @TempDir
    Path folder;

    private Path handler(TestHouse house) throws Exception {
        var block = Pattern.compile("(?ms)^```sh handler\n#!/bin/sh\n(.*?)^```").matcher(Files.readString(DOCUMENT));
        assertThat(block.find()).isTrue();
        return house.script("handle.sh", block.group(1));
    }

    @Test
    void it_counts_words_and_refuses_what_has_none() throws Exception {
        var house = new TestHouse(folder);
        var ledger = new MemoryLedger(InstantSource.system());
        try (var posix = Posix.forSupervisor();
                var workers = house.workers(ledger, posix)) {
            house.deliver(ledger, "WO-words", "WO-none");
            Files.writeString(house.inbox.resolve("WO-none").resolve("body.txt"), "");

            workers.take(List.of(house.worker(handler(house))));

            var words = TestHouse.await(ledger, "WO-words", OrderState.DONE)
                    .result()
                    .orElseThrow();
            assertThat(words.output()).isEqualToIgnoringWhitespace("5");
            var none = TestHouse.await(ledger, "WO-none", OrderState.DEAD);
            assertThat(none.attempt()).isEqualTo(1);
            assertThat(none.result().orElseThrow().output()).isEqualTo("there is nothing to count\n");
            workers.down().join();
        }
    }
}
