package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bus.Accepted;
import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.OrderState;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import dev.steward.testing.SmallDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropperTest {
    private static final int LIMIT = 1_000_000;

    @TempDir
    Path folder;

    private final FakeBus bus = new FakeBus();
    private final List<Instant> times = new ArrayList<>(List.of(Instant.parse("2025-10-29T22:29:04.123456Z")));

    private Path spool() {
        return folder.resolve("spool");
    }

    private Dropper dropper(Path spool) {
        var site = new Site("studio", folder.resolve("inbox"), spool, LIMIT);
        InstantSource clock = times::getLast;
        return new Dropper(bus, site, new Dropper.Ink(clock, ZoneId.of("Asia/Bangkok"), new Random(5)));
    }

    private static Draft draft(String title) {
        return draft(Optional.empty(), title, List.of("cls", " selftest ", ""));
    }

    private static Draft draft(Optional<OrderId> id, String title, List<String> tags) {
        return new Draft(id, new InboxName("CLC"), new InboxName("CLS"), Priority.P3, title, tags);
    }

    private static Payload payload(byte[] bytes) {
        return Payload.stream(new ByteArrayInputStream(bytes));
    }

    private WorkOrder dropped() throws Exception {
        try (var reception = bus.receive("CLC")) {
            return reception.take(1, Duration.ZERO).getFirst();
        }
    }

    private List<String> spooled() throws IOException {
        return Files.exists(spool()) ? Desk.names(spool()) : List.of();
    }

    @Test
    void a_draft_becomes_an_order_on_the_bus() throws Exception {
        var file = Files.writeString(folder.resolve("wo_cls_selftest.yaml"), "x");

        var accepted = dropper(spool()).drop(draft("CLS Self-Test"), Payload.file(file));

        var order = dropped();
        assertThat(accepted).isEqualTo(new Accepted.New(order.id()));
        assertThat(order.id()).startsWith("WO-20251030-");
        assertThat(order.heading().created()).isEqualTo(Instant.parse("2025-10-29T22:29:04.123Z"));
        assertThat(order.envelope()).isEqualTo("""
                wo_id: "%s"
                agent: "CLS"
                priority: "P3"
                title: "CLS Self-Test"
                tags: "cls,selftest"
                created_at: "2025-10-30T05:29:04+07:00"
                schema: "AI-OP-001/WO/v1"
                body_file: "wo_cls_selftest.yaml"
                evidence_dir: "evidence/"
                """.formatted(order.id()));
        assertThat(order.sha256()).isEqualTo(Sha256.of(order.envelope().getBytes(StandardCharsets.UTF_8)));
        assertThat(order.body()).isEqualTo(Orders.inline(new byte[] {'x'}));
        assertThat(spooled()).isEmpty();
    }

    @Test
    void what_comes_from_a_stream_is_called_body_and_may_be_empty() throws Exception {
        dropper(spool()).drop(draft("x"), payload(new byte[0]));

        assertThat(dropped().bodyFile()).isEqualTo("body");
        assertThat(dropped().body().size()).isZero();
    }

    @Test
    void a_body_of_64_kib_travels_inside_and_one_byte_more_goes_through_the_spool() throws Exception {
        dropper(spool()).drop(draft("x"), payload(new byte[64 * 1024]));
        assertThat(dropped().body().content()).isInstanceOf(Body.Content.Inline.class);
        var other = new DropperTest();
        other.folder = folder;

        other.dropper(spool()).drop(draft("x"), payload(new byte[64 * 1024 + 1]));

        assertThat(other.dropped().body().content())
                .isInstanceOfSatisfying(
                        Body.Content.Spooled.class,
                        spooled -> assertThat(spooled.file())
                                .isAbsolute()
                                .hasParent(spool())
                                .hasSize(64 * 1024 + 1)
                                .satisfies(file -> assertThat(Files.getPosixFilePermissions(file))
                                        .isEqualTo(PosixFilePermissions.fromString("rw-------"))));
        assertThat(Files.getPosixFilePermissions(spool())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void the_same_under_one_id_is_one_order_whenever_it_is_dropped() throws Exception {
        var id = Optional.of(new OrderId("WO-mine"));
        var dropper = dropper(spool());
        dropper.drop(draft(id, "x", List.of()), payload(new byte[100_000]));
        times.add(times.getLast().plusSeconds(3_600));

        var again = dropper.drop(draft(id, "x", List.of()), payload(new byte[100_000]));

        assertThat(again).isEqualTo(new Accepted.Same("WO-mine", OrderState.DROPPED));
    }

    @Test
    void a_large_payload_stays_when_the_bus_has_the_order_although_its_answer_was_lost() throws Exception {
        var draft = draft(Optional.of(new OrderId("WO-mine")), "x", List.of());
        var dropper = dropper(spool());
        bus.loseAnswers();
        assertThatThrownBy(() -> dropper.drop(draft, payload(new byte[100_000])))
                .isInstanceOf(BusException.class);
        var kept = spooled();
        bus.work();
        times.add(times.getLast());

        assertThat(dropper.drop(draft, payload(new byte[100_000]))).isInstanceOf(Accepted.Same.class);

        assertThat(spooled()).containsAll(kept);
        assertThat(kept).hasSize(1);
    }

    @Test
    void a_large_payload_stays_when_the_bus_was_asked_again_by_itself() throws Exception {
        bus.askAgain();

        dropper(spool()).drop(draft("x"), payload(new byte[100_000]));

        assertThat(spooled()).hasSize(1);
    }

    @Test
    void another_body_or_title_under_a_used_id_is_a_conflict_and_leaves_nothing() throws Exception {
        var id = Optional.of(new OrderId("WO-mine"));
        var dropper = dropper(spool());
        dropper.drop(draft(id, "x", List.of()), payload(new byte[] {1}));

        assertThat(dropper.drop(draft(id, "x", List.of()), payload(new byte[100_000])))
                .isInstanceOf(Accepted.Conflict.class);
        assertThat(dropper.drop(draft(id, "y", List.of()), payload(new byte[] {1})))
                .isInstanceOf(Accepted.Conflict.class);
        assertThat(spooled()).isEmpty();
    }

    @Test
    void a_bus_that_refuses_leaves_nothing_and_one_that_does_not_answer_may_need_the_body() throws Exception {
        bus.fail(BusException.Kind.FULL, "no room");
        assertThatThrownBy(() -> dropper(spool()).drop(draft("x"), payload(new byte[100_000])))
                .isInstanceOf(BusException.class);
        assertThat(spooled()).isEmpty();
        bus.work();

        bus.loseAnswers();
        assertThatThrownBy(() -> dropper(spool()).drop(draft("x"), payload(new byte[100_000])))
                .isInstanceOf(BusException.class);

        assertThat(spooled()).hasSize(1);
        assertThat(dropped().body().size()).isEqualTo(100_000);
    }

    @Test
    void a_body_above_the_limit_is_refused_with_the_limit_and_leaves_nothing() throws Exception {
        assertThatThrownBy(() -> dropper(spool()).drop(draft("x"), payload(new byte[LIMIT + 1])))
                .isInstanceOfSatisfying(
                        OrderException.class, e -> assertThat(e.kind()).isEqualTo(OrderException.Kind.MISUSE))
                .hasMessageContaining("standard input is larger than 1000000 bytes");
        assertThat(spooled()).isEmpty();

        var file = Files.write(folder.resolve("large.bin"), new byte[LIMIT + 1]);
        assertThatThrownBy(() -> dropper(folder.resolve("never")).drop(draft("x"), Payload.file(file)))
                .hasMessageContaining("large.bin is larger than 1000000 bytes");
        assertThat(folder.resolve("never")).doesNotExist();
    }

    @Test
    void a_body_that_cannot_be_read_is_told_by_its_name() {
        assertThatThrownBy(() -> dropper(spool()).drop(draft("x"), Payload.file(folder.resolve("none.txt"))))
                .isInstanceOfSatisfying(
                        OrderException.class, e -> assertThat(e.kind()).isEqualTo(OrderException.Kind.UNREADABLE))
                .hasMessageContaining("none.txt")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> dropper(spool()).drop(draft("x"), Payload.file(folder)))
                .hasMessageContaining("it is a folder");
    }

    @Test
    void a_body_whose_reading_breaks_off_leaves_nothing() throws Exception {
        var breaks = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the pipe broke");
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                throw new IOException("the pipe broke");
            }
        };
        var broken = new SequenceInputStream(new ByteArrayInputStream(new byte[200_000]), breaks);

        assertThatThrownBy(() -> dropper(spool()).drop(draft("x"), Payload.stream(broken)))
                .isInstanceOfSatisfying(
                        OrderException.class, e -> assertThat(e.kind()).isEqualTo(OrderException.Kind.UNREADABLE))
                .hasMessageContaining("the pipe broke");
        assertThat(spooled()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_is_told_leaves_nothing_and_when_there_is_room_again_it_works() throws Exception {
        try (var disk = SmallDisk.mount(folder, 512)) {
            var small = disk.folder().resolve("spool");
            var dropper = dropper(small);

            assertThatThrownBy(() -> dropper.drop(draft("x"), payload(new byte[LIMIT])))
                    .isInstanceOfSatisfying(
                            OrderException.class,
                            e -> assertThat(e.kind()).isEqualTo(OrderException.Kind.CANNOT_CREATE))
                    .hasMessageContaining(small.toString())
                    .hasMessageContaining("No space left on device");
            assertThat(Desk.names(small)).isEmpty();

            assertThat(dropper.drop(draft("x"), payload(new byte[100_000]))).isInstanceOf(Accepted.New.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "esc\u001b[31m", "half \ud800", "null \0"})
    void a_title_that_is_no_line_is_refused(String title) {
        assertThatThrownBy(() -> dropper(spool()).drop(draft(title), payload(new byte[0])))
                .isInstanceOfSatisfying(
                        OrderException.class, e -> assertThat(e.kind()).isEqualTo(OrderException.Kind.MISUSE))
                .hasMessageContaining("title");
    }

    @Test
    void a_title_or_tags_without_end_are_refused() {
        var many = draft(Optional.empty(), "x", List.of("t".repeat(600), "u".repeat(600)));

        assertThatThrownBy(() -> dropper(spool()).drop(draft("x".repeat(1_001)), payload(new byte[0])))
                .hasMessageContaining("more than 1000");
        assertThatThrownBy(() -> dropper(spool()).drop(many, payload(new byte[0])))
                .hasMessageContaining("line of tags has 1201 characters");
    }
}
