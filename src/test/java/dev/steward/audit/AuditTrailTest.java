package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.audit.AuditVerifier.Verdict;
import dev.steward.testing.SmallDisk;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("g/telemetry/audit.jsonl");
    }

    @Test
    void a_record_has_the_documented_form() throws Exception {
        Head head = Trails.open(file).append(List.of(new AuditEvent("wo_drop", Map.of("wo_id", "WO-1"))));
        String line =
                "{\"seq\":1,\"ts\":\"2025-10-30T05:29:04.123456+07:00\",\"event\":\"wo_drop\",\"wo_id\":\"WO-1\",\"prev\":\""
                        + "0".repeat(64) + "\"}";
        assertThat(file).hasContent(line + "\n");
        assertThat(head).isEqualTo(new Head(1, Hashes.of(line.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void a_round_second_has_six_digits_too() throws Exception {
        var noon = InstantSource.fixed(Instant.parse("2025-10-30T12:00:00Z"));
        AuditTrail.open(file, noon, ZoneOffset.UTC, Trails.locker(new ReentrantLock()))
                .append(List.of(Trails.event(1)));
        assertThat(file).content().contains("\"ts\":\"2025-10-30T12:00:00.000000+00:00\"");
    }

    @Test
    void each_record_is_chained_to_the_line_before() throws Exception {
        Trails.write(file, 3);
        List<String> lines = Files.readAllLines(file);
        for (int i = 1; i < 3; i++) {
            String hash = Hashes.of(lines.get(i - 1).getBytes(StandardCharsets.UTF_8));
            assertThat(lines.get(i)).startsWith("{\"seq\":" + (i + 1) + ",").endsWith(",\"prev\":\"" + hash + "\"}");
        }
    }

    @Test
    void a_later_trail_goes_on_where_the_file_ends() throws Exception {
        Trails.write(file, 3);
        Head head = Trails.open(file).append(List.of(Trails.event(4), Trails.event(5)));
        assertThat(head.seq()).isEqualTo(5);
        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Intact(5, 0, head.hash(), Optional.empty()));
    }

    @Test
    void an_empty_append_tells_the_head_and_writes_nothing() throws Exception {
        Head head = Trails.write(file, 2);
        long size = Files.size(file);
        assertThat(Trails.open(file).append(List.of())).isEqualTo(head);
        assertThat(file).hasSize(size);
    }

    @Test
    void lines_from_before_the_chain_are_sealed_by_its_first_record() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"event\":\"old\"}\nnot even JSON\r\n\n");
        Head head = Trails.write(file, 2);
        assertThat(file).content().startsWith("{\"event\":\"old\"}\nnot even JSON\r\n\n{\"seq\":1,");
        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Intact(2, 3, head.hash(), Optional.empty()));
    }

    @Test
    void what_a_terminal_would_obey_is_escaped_and_text_is_not() throws Exception {
        String text = "\u001b[31m\u0000\u007f\u009b\u2028\u202e\ud800 é 漢 😀\n\"\\";
        Trails.open(file).append(List.of(new AuditEvent("odd", Map.of("text", text))));
        assertThat(file).content().contains("\\u001B[31m\\u0000\\u007f\\u009b\\u2028\\u202e\\ud800 é 漢 😀\\n\\\"\\\\");
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void numbers_lists_and_maps_are_written_as_json() throws Exception {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("i", 1);
        fields.put("d", 1.5);
        fields.put("big", new BigInteger("123456789012345678901234567890"));
        fields.put("yes", true);
        fields.put("list", List.of("a", 2, List.of()));
        fields.put("map", Map.of("k", "v"));
        Trails.open(file).append(List.of(new AuditEvent("odd", fields)));
        assertThat(file)
                .content()
                .contains("\"i\":1,\"d\":1.5,\"big\":123456789012345678901234567890,\"yes\":true,"
                        + "\"list\":[\"a\",2,[]],\"map\":{\"k\":\"v\"},\"prev\"");
    }

    @Test
    void a_long_field_is_cut_and_says_so() throws Exception {
        Trails.open(file)
                .append(List.of(
                        new AuditEvent("long", Map.of("text", "ä".repeat(10_000))),
                        new AuditEvent("long", Map.of("list", Collections.nCopies(10_000, "ab")))));
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).contains("ä… [cut, of 20000 bytes]").hasSizeLessThan(9_000);
        assertThat(lines.getLast()).contains("… [cut, of 50001 bytes]").hasSizeLessThan(30_000);
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void fields_of_the_trail_itself_are_refused() {
        for (String name : List.of("seq", "ts", "event", "prev")) {
            assertThatThrownBy(() -> new AuditEvent("e", Map.of(name, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void values_that_are_not_json_are_refused_where_they_are_made() {
        assertThatThrownBy(() -> new AuditEvent("e", Map.of("file", Path.of("x"))))
                .isInstanceOf(IllegalArgumentException.class);
        Object deep = "x";
        for (int i = 0; i < 20; i++) {
            deep = List.of(deep);
        }
        Map<String, Object> fields = Map.of("deep", deep);
        assertThatThrownBy(() -> new AuditEvent("e", fields)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AuditEvent(" ", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_line_torn_anywhere_is_kept_aside_recorded_and_the_chain_goes_on() throws Exception {
        Trails.write(file, 3);
        byte[] whole = Files.readAllBytes(file);
        int lastLine = Files.readString(file).lastIndexOf("{\"seq\":3");
        for (int size = lastLine + 1; size < whole.length; size++) {
            Path torn = home.resolve("torn-" + size);
            byte[] rest = Arrays.copyOfRange(whole, lastLine, size);
            Files.write(torn, Arrays.copyOf(whole, size));
            Head head = Trails.open(torn).append(List.of(Trails.event(9)));

            assertThat(AuditVerifier.verify(torn)).isEqualTo(new Verdict.Intact(4, 0, head.hash(), Optional.empty()));
            assertThat(Files.readAllLines(torn).get(2))
                    .contains("\"event\":\"audit_repaired\",\"bytes\":" + rest.length + ",\"sha256\":\""
                            + Hashes.of(rest) + "\"");
            assertThat(home.resolve("torn-" + size + ".torn"))
                    .hasContent(new String(rest, StandardCharsets.UTF_8) + "\n");
        }
    }

    @Test
    void a_file_that_is_nothing_but_a_torn_line_begins_anew() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"seq\":1,\"ts");
        Head head = Trails.open(file).append(List.of());
        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Intact(1, 0, head.hash(), Optional.empty()));
    }

    @Test
    void lines_that_were_cut_off_since_the_last_append_are_recorded() throws Exception {
        AuditTrail trail = Trails.open(file);
        trail.append(List.of(Trails.event(1)));
        long size = Files.size(file);
        Head before = trail.append(List.of(Trails.event(2)));
        Files.writeString(file, Files.readAllLines(file).getFirst() + "\n");
        assertThat(file).hasSize(size);
        trail.append(List.of(Trails.event(3)));
        assertThat(Files.readAllLines(file).get(1))
                .contains("\"event\":\"audit_shortened\"")
                .contains("\"seq_before\":2,\"head_before\":\"" + before.hash() + "\",\"bytes\":" + size);
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void a_file_that_was_moved_away_is_begun_anew_and_that_is_recorded() throws Exception {
        AuditTrail trail = Trails.open(file);
        trail.append(List.of(Trails.event(1)));
        Files.move(file, home.resolve("elsewhere"));
        trail.append(List.of(Trails.event(2)));
        assertThat(Files.readAllLines(file)).hasSize(2).first().asString().contains("audit_shortened");
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void a_last_line_that_was_changed_between_two_appends_is_not_vouched_for() throws Exception {
        AuditTrail trail = Trails.open(file);
        trail.append(List.of(Trails.event(1)));
        trail.append(List.of(Trails.event(2)));
        Trails.replace(file, "\"number\":2", "\"number\":7");
        trail.append(List.of(Trails.event(3)));
        assertThat(AuditVerifier.verify(file))
                .isInstanceOfSatisfying(
                        Verdict.Broken.class,
                        broken -> assertThat(broken.lineNumber()).isEqualTo(2));
    }

    @Test
    void two_trails_taking_turns_make_one_chain() throws Exception {
        var lock = new ReentrantLock();
        AuditTrail first = AuditTrail.open(file, InstantSource.fixed(Trails.NOW), Trails.ZONE, Trails.locker(lock));
        AuditTrail second = AuditTrail.open(file, InstantSource.fixed(Trails.NOW), Trails.ZONE, Trails.locker(lock));
        for (int i = 0; i < 10; i++) {
            first.append(List.of(Trails.event(i)));
            second.append(List.of(Trails.event(i), Trails.event(-i)));
        }
        assertThat(AuditVerifier.verify(file))
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.records()).isEqualTo(30));
    }

    @Test
    void trails_appending_at_once_make_one_chain_that_verifies_meanwhile() throws Exception {
        var lock = new ReentrantLock();
        var done = new AtomicBoolean();
        Trails.write(file, 1);
        try (var threads = Executors.newFixedThreadPool(4)) {
            Future<Integer> verified = threads.submit(() -> {
                int times = 0;
                for (; !done.get() || times == 0; times++) {
                    assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
                }
                return times;
            });
            Callable<Head> writer = () -> {
                AuditTrail trail =
                        AuditTrail.open(file, InstantSource.fixed(Trails.NOW), Trails.ZONE, Trails.locker(lock));
                Head head = trail.append(List.of());
                for (int i = 0; i < 50; i++) {
                    head = trail.append(List.of(Trails.event(i), Trails.event(-i)));
                }
                return head;
            };
            var heads = new ArrayList<Head>();
            for (Future<Head> each : threads.invokeAll(List.of(writer, writer, writer))) {
                heads.add(each.get());
            }
            done.set(true);
            assertThat(verified.get()).isPositive();
            assertThat(heads).extracting(Head::seq).contains(301L);
        }
        assertThat(AuditVerifier.verify(file))
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.records()).isEqualTo(301));
    }

    @Test
    void a_full_disk_is_said_leaves_no_partial_line_and_the_next_append_works() throws Exception {
        try (var disk = SmallDisk.mount(home, 256)) {
            Path audit = disk.folder().resolve("audit.jsonl");
            AuditTrail trail = Trails.open(audit);
            Head before = trail.append(List.of(Trails.event(1)));
            long size = Files.size(audit);
            Path filler = disk.fill();
            var big = new AuditEvent("big", Map.of("text", "x".repeat(16_000)));
            var failure = catchThrowableOfType(AuditException.class, () -> trail.append(List.of(big, big)));
            assertThat(failure).hasMessageContaining("audit.jsonl").hasMessageContaining("No space left");
            assertThat(audit).hasSize(size);
            assertThat(AuditVerifier.verify(audit))
                    .isEqualTo(new Verdict.Intact(1, 0, before.hash(), Optional.empty()));

            Files.delete(filler);
            assertThat(trail.append(List.of(big)).seq()).isEqualTo(2);
            assertThat(AuditVerifier.verify(audit)).isInstanceOf(Verdict.Intact.class);
        }
    }

    @Test
    void a_repair_that_a_full_disk_kept_from_being_recorded_is_recorded_later() throws Exception {
        try (var disk = SmallDisk.mount(home, 256)) {
            Path audit = disk.folder().resolve("audit.jsonl");
            Trails.write(audit, 1);
            Files.writeString(audit, "{\"seq\":2,", StandardOpenOption.APPEND);
            Files.writeString(disk.folder().resolve("audit.jsonl.torn"), "earlier\n");
            Path filler = disk.fill();
            var big = new AuditEvent("big", Map.of("text", "x".repeat(16_000)));
            AuditTrail trail = Trails.open(audit);
            assertThatThrownBy(() -> trail.append(List.of(big))).isInstanceOf(AuditException.class);
            Files.delete(filler);
            trail.append(List.of(Trails.event(2)));
            assertThat(Files.readAllLines(audit).get(1)).contains("audit_repaired");
            assertThat(disk.folder().resolve("audit.jsonl.torn")).hasContent("earlier\n{\"seq\":2,\n");
            assertThat(AuditVerifier.verify(audit)).isInstanceOf(Verdict.Intact.class);
        }
    }

    @Test
    void a_lock_that_cannot_be_had_is_said() {
        AuditTrail trail = AuditTrail.open(file, InstantSource.fixed(Trails.NOW), Trails.ZONE, () -> {
            throw new IOException("no lock today");
        });
        assertThatThrownBy(() -> trail.append(List.of(Trails.event(1))))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("audit.jsonl")
                .hasMessageContaining("no lock today");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_fifo_or_folder_in_its_place_is_refused() throws Exception {
        Files.createDirectories(file.getParent());
        Path fifo = home.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        for (Path odd : List.of(fifo, file.resolveSibling(""))) {
            assertThatThrownBy(() -> Trails.open(odd).append(List.of(Trails.event(1))))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("not a regular file");
        }
    }

    @Test
    void only_the_owner_may_read_a_new_file() throws Exception {
        Trails.write(file, 1);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
}
