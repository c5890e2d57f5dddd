package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.bytes;
import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.inline;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.testing.SmallDisk;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFaultsTest extends LedgerRig {
    private static void assertFails(Kind kind, ThrowingCallable call, String... words) {
        var failure = catchThrowableOfType(BusException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure.getMessage()).contains(words);
    }

    @Test
    void the_file_is_the_users_alone() throws Exception {
        drop("WO-1");
        for (var name : List.of("bus.db", "bus.db-wal", "bus.db-shm")) {
            assertThat(Files.getPosixFilePermissions(home.resolve(name)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void a_file_that_is_no_database_is_said_and_left_alone() throws Exception {
        ledger.close();
        Files.writeString(file, "This is not a database. ".repeat(1_000));
        assertFails(Kind.UNUSABLE, this::open, "bus.db", "damaged");
        assertThat(file).content().startsWith("This is not a database.");
        Files.writeString(file, "short");
        assertFails(Kind.UNUSABLE, this::open, "bus.db", "5 bytes");
        Files.delete(file);
        ledger = open();
    }

    @Test
    void a_log_without_its_database_is_said_and_kept() throws Exception {
        ledger.close();
        Files.delete(file);
        Path log = Files.writeString(home.resolve("bus.db-wal"), "all that is left");
        assertFails(Kind.UNUSABLE, this::open, "bus.db", "write-ahead log");
        assertThat(log).hasContent("all that is left");
        Files.delete(log);
        ledger = open();
    }

    @Test
    void a_damaged_page_is_said_when_it_is_met() throws Exception {
        for (int i = 0; i < 300; i++) {
            drop("WO-" + i);
        }
        ledger.close();
        try (var handle = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] rubbish = new byte[(int) handle.length() - 4_096];
            Arrays.fill(rubbish, (byte) 0xa5);
            handle.seek(4_096);
            handle.write(rubbish);
        }
        assertFails(
                Kind.UNUSABLE,
                () -> {
                    ledger = open();
                    ledger.waiting("CLC", 1_000, List.of());
                },
                "bus.db",
                "damaged",
                ".recover");
    }

    @Test
    void a_ledger_of_a_newer_steward_is_refused_and_left_alone() throws Exception {
        drop("WO-1");
        ledger.close();
        sql("PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(file);
        assertFails(Kind.UNUSABLE, this::open, "bus.db", "version 99", "newer Steward");
        assertThat(file).hasBinaryContent(before);
        sql("PRAGMA user_version = " + LedgerSchema.MIGRATIONS.size());
        ledger = open();
        assertThat(ledger.order("WO-1")).isPresent();
    }

    @Test
    void a_database_of_another_program_is_refused_and_left_alone() throws Exception {
        ledger.close();
        Files.delete(file);
        sql("CREATE TABLE theirs (x)");
        assertFails(Kind.UNUSABLE, this::open, "bus.db", "another program");
        sql("SELECT * FROM theirs", "DROP TABLE theirs");
        Files.delete(file);
        ledger = open();
    }

    @Test
    void a_missing_folder_and_a_folder_in_its_place_are_said() throws Exception {
        ledger.close();
        file = home.resolve("nowhere/bus.db");
        assertFails(Kind.UNAVAILABLE, this::open, "nowhere/bus.db", "folder");
        Files.createDirectories(file);
        assertFails(Kind.UNAVAILABLE, this::open, "not a regular file");
        file = home.resolve("bus.db");
        ledger = open();
    }

    @Test
    void a_ledger_whose_file_was_deleted_takes_nothing_more_until_it_is_back() throws Exception {
        drop("WO-1");
        Path aside = home.resolve("aside");
        Files.move(file, aside);
        assertFails(Kind.UNUSABLE, () -> drop("WO-2"), "bus.db", "deleted", "restart");
        assertFails(Kind.UNUSABLE, () -> ledger.order("WO-1"), "bus.db", "deleted");
        Files.move(aside, file);
        assertThat(ledger.order("WO-2")).isEmpty();
        drop("WO-3");
        assertThat(ledger.order("WO-1")).isPresent();
    }

    @Test
    void a_ledger_whose_file_was_replaced_takes_nothing_more() throws Exception {
        drop("WO-1");
        Files.delete(file);
        Files.writeString(file, "something else");
        assertFails(Kind.UNUSABLE, () -> drop("WO-2"), "bus.db", "replaced", "restart");
        assertFails(Kind.UNUSABLE, () -> ledger.waiting("CLC", 1, List.of()), "replaced");
    }

    @Test
    void a_database_that_another_program_holds_for_long_is_said_and_works_when_it_is_free() throws Exception {
        ledger.close();
        ledger = Ledgers.open(file, () -> now, false, System::nanoTime, Duration.ofMillis(100));
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertFails(Kind.UNAVAILABLE, () -> drop("WO-1"), "bus.db", "locked", "fuser");
            assertThat(ledger.order("WO-1")).as("reading goes on").isEmpty();
            statement.execute("COMMIT");
        }
        drop("WO-1");
    }

    @Test
    void a_ledger_that_was_closed_says_so() throws Exception {
        ledger.close();
        assertFails(Kind.UNAVAILABLE, () -> drop("WO-1"), "bus.db", "closed");
        assertFails(Kind.UNAVAILABLE, () -> ledger.order("WO-1"), "bus.db", "closed");
        ledger.close();
        ledger = open();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64 * 1024})
    void on_a_full_disk_a_drop_says_so_and_the_next_works_when_there_is_space(int size) throws Exception {
        try (var disk = SmallDisk.mount(home, 2_048);
                var small = Ledgers.open(disk.folder().resolve("bus.db"), () -> now)) {
            assertThat(small.drop(order("WO-before", "CLC"))).isEqualTo(new Accepted.New("WO-before"));
            Path filler = disk.fill();
            int accepted = 0;
            BusException full = null;
            while (full == null) {
                try {
                    small.drop(order(heading("WO-" + accepted, "CLC", "P3"), inline(bytes(size, 1))));
                    accepted++;
                } catch (BusException e) {
                    full = e;
                }
            }
            assertThat(full.kind()).isEqualTo(Kind.FULL);
            assertThat(full).hasMessageContaining("bus.db").hasMessageContaining("full");
            assertThat(small.waiting("CLC", 10_000, List.of())).hasSize(accepted + 1);
            assertThat(small.owed(10_000)).hasSize(accepted + 1);

            Files.delete(filler);
            var again = order(heading("WO-" + accepted, "CLC", "P3"), inline(bytes(size, 1)));
            assertThat(small.drop(again)).isEqualTo(new Accepted.New(again.id()));
            assertThat(small.waiting("CLC", 10_000, List.of())).hasSize(accepted + 2);
        }
    }

    @Test
    void a_disk_that_is_full_again_and_again_under_eight_droppers_loses_nothing_that_was_accepted() throws Exception {
        try (var disk = SmallDisk.mount(home, 3_072);
                var small = Ledgers.open(disk.folder().resolve("bus.db"), () -> now)) {
            var accepted = ConcurrentHashMap.<String>newKeySet();
            for (int round = 0; round < 6; round++) {
                Path filler = disk.fill();
                dropUntilFull(small, "WO-" + round, accepted);
                Files.delete(filler);
                String id = "WO-" + round + "-after";
                assertThat(small.drop(order(id, "CLC"))).isEqualTo(new Accepted.New(id));
                accepted.add(id);
                assertThat(small.waiting("CLC", 10_000, List.of()))
                        .extracting(each -> each.id())
                        .containsExactlyInAnyOrderElementsOf(accepted);
            }
            assertThat(small.owed(10_000)).hasSize(accepted.size());
        }
    }

    /** With payloads of different sizes, so that some find room where others of their group do not. */
    private static void dropUntilFull(Ledger small, String name, Set<String> accepted) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var droppers = new ArrayList<Future<BusException>>();
            for (int t = 0; t < 8; t++) {
                int size = 1 + t * 4_000;
                String mine = name + "-" + t + "-";
                droppers.add(threads.submit(() -> {
                    for (int i = 0; ; i++) {
                        try {
                            small.drop(order(heading(mine + i, "CLC", "P3"), inline(bytes(size, i))));
                            accepted.add(mine + i);
                        } catch (BusException e) {
                            return e;
                        }
                    }
                }));
            }
            for (var each : droppers) {
                assertThat(each.get().kind()).as(each.get().getMessage()).isEqualTo(Kind.FULL);
            }
        }
    }

    @Test
    void a_disk_that_is_full_at_the_opening_is_said() throws Exception {
        try (var disk = SmallDisk.mount(home, 256)) {
            disk.fill();
            assertFails(Kind.FULL, () -> Ledgers.open(disk.folder().resolve("bus.db"), () -> now), "bus.db", "full");
        }
    }

    @Test
    void a_home_that_cannot_be_written_is_said() throws Exception {
        try (var disk = SmallDisk.mount(home, 2_048)) {
            Path there = disk.folder().resolve("bus.db");
            Ledgers.open(there, () -> now).close();
            assertThat(new ProcessBuilder(
                                    "mount", "-o", "remount,ro", disk.folder().toString())
                            .start()
                            .waitFor())
                    .isZero();
            assertFails(
                    Kind.UNAVAILABLE,
                    () -> Ledgers.open(there, () -> now).drop(order("WO-1", "CLC")),
                    "bus.db",
                    "rights");
        }
    }

    private void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
