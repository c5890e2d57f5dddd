package dev.steward.orders.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.OrderState;
import dev.steward.posix.Posix;
import dev.steward.testing.Alive;
import dev.steward.testing.Await;
import dev.steward.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Attempts have their files on a disk that is full. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class FullDiskTest {
    private static final String ID = "WO-20251030-7K3V9QX2MD";

    @TempDir
    Path folder;

    private SmallDisk disk;
    private TestHouse house;
    private MemoryLedger ledger;
    private Posix posix;
    private Workers workers;

    @BeforeEach
    void begin() throws IOException {
        disk = SmallDisk.mount(folder, 400);
        house = new TestHouse(folder, disk.folder().resolve("home"));
        ledger = new MemoryLedger(InstantSource.system());
        posix = Posix.forSupervisor();
        workers = house.workers(ledger, posix);
    }

    @AfterEach
    void end() throws IOException {
        workers.down().join();
        workers.close();
        posix.close();
        disk.close();
    }

    @Test
    void nothing_is_begun_until_there_is_room_and_no_attempt_is_lost() throws Exception {
        house.deliver(ledger, ID);
        var filler = disk.fill();
        workers.take(List.of(house.worker(house.script("handle", "echo ran >>" + folder + "/ran"))));
        Await.until("a problem", () -> !workers.problems().isEmpty());
        assertThat(workers.problems().getFirst()).contains("No space left");

        Files.delete(filler);

        assertThat(TestHouse.await(ledger, ID, OrderState.DONE).attempt()).isEqualTo(1);
        assertThat(house.lines("ran")).hasSize(1);
    }

    @Test
    void a_handler_that_cannot_write_any_more_still_ends_as_it_ends() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script(
                "handle",
                "echo before",
                "echo $$ >>" + folder + "/began",
                "while [ ! -e " + folder + "/go ]; do sleep 0.02; done",
                "head -c 8192 /dev/zero",
                "exit 0"))));
        Await.until("a handler", () -> !house.lines("began").isEmpty());
        disk.fill();

        Files.createFile(folder.resolve("go"));

        var result = TestHouse.await(ledger, ID, OrderState.DONE).result().orElseThrow();
        assertThat(result.output()).startsWith("before\n");
    }

    @Test
    void how_it_ended_is_known_although_the_disk_was_full_and_nobody_watched() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script(
                "handle",
                "echo $$ >>" + folder + "/began",
                "while [ ! -e " + folder + "/go ]; do sleep 0.02; done",
                "exit 65"))));
        Await.until("a handler", () -> !house.lines("began").isEmpty());
        workers.close();
        disk.fill();
        Files.createFile(folder.resolve("go"));
        var handler = Long.parseLong(house.lines("began").getFirst());
        Await.until("its end", () -> !Alive.is(handler));

        workers = house.workers(ledger, posix);
        workers.take(List.of(house.worker(folder.resolve("handle"))));

        assertThat(TestHouse.await(ledger, ID, OrderState.DEAD)
                        .result()
                        .orElseThrow()
                        .exit())
                .hasValue(65);
    }
}
