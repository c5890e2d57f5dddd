package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.audit.AuditVerifier.Verdict;
import dev.steward.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file under a trail's feet: exchanged, full, or with records that are large. */
class TrailFileTest {
    private static final AuditEvent LARGE = new AuditEvent("large", Map.of("text", "x".repeat(16_000)));

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("audit.jsonl");
    }

    @Test
    void another_trail_in_its_place_is_gone_on_with_and_that_is_recorded() throws Exception {
        AuditTrail trail = Trails.open(file);
        Head before = trail.append(List.of(Trails.event(77)));
        var other = home.resolve("other");
        Trails.write(other, 5);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        trail.append(List.of(Trails.event(6)));

        assertThat(Files.readAllLines(file).get(5))
                .contains("\"event\":\"audit_replaced\"")
                .contains("\"seq_before\":1,\"head_before\":\"" + before.hash() + "\"");
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void another_file_of_the_same_size_is_noticed_too() throws Exception {
        AuditTrail trail = Trails.open(file);
        trail.append(List.of(Trails.event(1)));
        var other = home.resolve("other");
        Files.writeString(other, Files.readString(file).replace("\"number\":1", "\"number\":2"));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        trail.append(List.of(Trails.event(3)));

        assertThat(Files.readAllLines(file).get(1)).contains("audit_replaced");
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void a_copy_that_holds_all_that_was_recorded_is_no_replacement() throws Exception {
        AuditTrail trail = Trails.open(file);
        trail.append(List.of(Trails.event(1), Trails.event(2)));
        var copy = home.resolve("copy");
        Files.copy(file, copy);
        Trails.open(copy).append(List.of(Trails.event(3)));
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(trail.append(List.of(Trails.event(4))).seq()).isEqualTo(4);
        assertThat(file).content().doesNotContain("audit_replaced", "audit_shortened");
    }

    @Test
    void what_others_append_between_two_appends_is_followed_without_a_word() throws Exception {
        AuditTrail trail = Trails.open(file);
        trail.append(List.of(Trails.event(1)));
        Trails.open(file).append(List.of(Trails.event(2)));
        assertThat(trail.append(List.of(Trails.event(3))).seq()).isEqualTo(3);
        assertThat(AuditVerifier.verify(file))
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.records()).isEqualTo(3));
    }

    @Test
    void a_record_of_a_mebibyte_is_written_read_and_verified() throws Exception {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < 70; i++) {
            fields.put("part" + i, "y".repeat(16_000));
        }
        AuditTrail trail = Trails.open(file);
        trail.append(List.of(Trails.event(1)));
        trail.append(List.of(new AuditEvent("huge", fields)));
        Head head = trail.append(List.of(Trails.event(3)));

        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Intact(3, 0, head.hash(), Optional.empty()));
        assertThat(Trails.tail(file, 2).getFirst())
                .startsWith("{\"seq\":2,")
                .hasSizeGreaterThan(1 << 20)
                .endsWith(" bytes more]");
        assertThat(Trails.open(file).append(List.of())).isEqualTo(head);
        var again = Trails.open(file);
        Files.writeString(
                file,
                Files.readAllLines(file).get(0) + "\n"
                        + Files.readAllLines(file).get(1) + "\n");
        assertThat(again.append(List.of()).seq())
                .as("the large one is the last")
                .isEqualTo(2);
    }

    @Test
    void many_records_in_one_append_are_one_group() throws Exception {
        Head head = Trails.open(file).append(Collections.nCopies(200, LARGE));
        assertThat(head.seq()).isEqualTo(200);
        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Intact(200, 0, head.hash(), Optional.empty()));
    }

    @Test
    void a_disk_that_fills_up_in_the_middle_of_a_group_takes_all_of_it_back() throws Exception {
        try (var disk = SmallDisk.mount(home, 1_024)) {
            Path audit = disk.folder().resolve("audit.jsonl");
            AuditTrail trail = Trails.open(audit);
            Head before = trail.append(List.of(Trails.event(1)));
            long size = Files.size(audit);

            assertThatThrownBy(() -> trail.append(Collections.nCopies(100, LARGE)))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("No space left");

            assertThat(audit).hasSize(size);
            assertThat(trail.append(List.of())).isEqualTo(before);
            assertThat(trail.append(Collections.nCopies(20, LARGE)).seq()).isEqualTo(21);
            assertThat(AuditVerifier.verify(audit)).isInstanceOf(Verdict.Intact.class);
        }
    }

    @Test
    void a_torn_line_that_cannot_be_kept_aside_stays_and_what_was_seen_is_told_once() throws Exception {
        AuditTrail trail = Trails.open(file);
        trail.append(List.of(Trails.event(1), Trails.event(2)));
        Files.writeString(file, Files.readAllLines(file).getFirst() + "\n{\"seq\":2");
        Path aside = Files.createDirectory(home.resolve("audit.jsonl.torn"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> trail.append(List.of(Trails.event(3))))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("audit.jsonl.torn");
        }
        Files.delete(aside);

        trail.append(List.of(Trails.event(3)));

        assertThat(Files.readAllLines(file))
                .extracting(line -> line.replaceAll(".*\"event\":\"(\\w+)\".*", "$1"))
                .containsExactly("tried", "audit_shortened", "audit_repaired", "tried");
        assertThat(aside).hasContent("{\"seq\":2\n");
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void a_file_where_its_folder_should_be_is_named() throws Exception {
        Path inTheWay = Files.createFile(home.resolve("g"));
        AuditTrail trail = Trails.open(inTheWay.resolve("audit.jsonl"));
        assertThatThrownBy(() -> trail.append(List.of(Trails.event(1))))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("recording failed: " + inTheWay + " is there, and no folder");
    }

    @Test
    void a_file_system_that_became_read_only_is_said_and_recording_works_again_after() throws Exception {
        try (var disk = SmallDisk.mount(home, 256)) {
            Path audit = disk.folder().resolve("audit.jsonl");
            AuditTrail trail = Trails.open(audit);
            Head before = trail.append(List.of(Trails.event(1)));
            remount(disk.folder(), "ro");
            assertThatThrownBy(() -> trail.append(List.of(Trails.event(2))))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("audit.jsonl")
                    .hasMessageContaining("Read-only file system");
            assertThat(AuditVerifier.verify(audit))
                    .isEqualTo(new Verdict.Intact(1, 0, before.hash(), Optional.empty()));

            remount(disk.folder(), "rw");
            assertThat(trail.append(List.of(Trails.event(3))).seq()).isEqualTo(2);
            assertThat(AuditVerifier.verify(audit)).isInstanceOf(Verdict.Intact.class);
        }
    }

    private static void remount(Path disk, String how) throws Exception {
        assertThat(new ProcessBuilder("mount", "-o", "remount," + how, disk.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void the_lock_of_a_trail_lies_beside_it() throws Exception {
        var locked = new java.util.concurrent.atomic.AtomicReference<Path>();
        var deep = home.resolve("a/b/audit.jsonl");
        var locker = Locker.beside(deep, lock -> {
            locked.set(lock);
            Files.writeString(lock, "", StandardOpenOption.CREATE);
            return Optional.of(() -> {});
        });
        AuditTrail.open(deep, () -> Trails.NOW, Trails.ZONE, locker).append(List.of(Trails.event(1)));
        assertThat(locked.get()).isEqualTo(home.resolve("a/b/.audit.jsonl.lock"));
    }
}
