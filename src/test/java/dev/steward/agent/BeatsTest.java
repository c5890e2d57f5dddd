package dev.steward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.agent.Event.Answer;
import dev.steward.agent.Event.Stop;
import dev.steward.bus.Presence;
import dev.steward.bus.Presence.Away;
import dev.steward.bus.Presence.Connected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeatsTest {
    private static final Instant BOOT = Instant.parse("2025-10-29T22:49:11Z");
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Presence EMBEDDED = new Connected("embedded");
    private static final Presence GONE = new Away("embedded", "no daemon runs on /home");

    @TempDir
    Path folder;

    private Duration now = Duration.ZERO;
    private final ArrayDeque<Script> script = new ArrayDeque<>();
    private final List<String> beats = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Optional<HeartbeatFile> file = Optional.empty();

    /** What comes when, in seconds since the boot. */
    private record Script(Duration at, Event event) {}

    @Test
    void its_log_has_the_lines_that_people_grep_for() throws Exception {
        at(0.04, new Answer(1, new Connected("redis")));
        at(10.02, new Answer(2, new Connected("redis")));
        at(15, new Stop());
        live();
        assertThat(lines())
                .containsExactly(
                        "=== CLS agent boot 2025-10-30 05:49:11 ===",
                        "2025-10-30 05:49:11 [OK] redis ping",
                        "2025-10-30 05:49:21 [OK] redis ping",
                        "2025-10-30 05:49:26 [OK] stopped");
        assertThat(beats).containsExactly("1 at 0s", "2 at 10s");
    }

    @Test
    void a_beat_says_when_the_how_manieth_and_who_and_whether_there_is_a_bus() throws Exception {
        var beat = folder.resolve("deep/beat.json");
        file = Optional.of(new HeartbeatFile(beat, new Self("cls", 42, "0199-ab\"}", "b00t")));
        at(0.02, new Answer(1, EMBEDDED));
        at(10.02, new Answer(2, EMBEDDED));
        at(20.02, new Stop());
        live();
        assertThat(beat)
                .hasContent(
                        "{\"ts\":1761778171,\"iter\":3,\"pid\":42,\"incarnation\":\"0199-ab\",\"boot\":\"b00t\",\"bus\":\"connected\"}");
        try (var left = Files.list(beat.getParent())) {
            assertThat(left).containsExactly(beat);
        }
    }

    @Test
    void until_the_bus_answered_a_beat_says_that_it_is_away() throws Exception {
        var beat = beatFile();
        at(0.02, new Stop());
        live();
        assertThat(beat).content().isEqualTo("{\"ts\":1761778151,\"iter\":1,\"pid\":42,\"bus\":\"away\"}\n");
    }

    @Test
    void a_bus_that_goes_and_comes_is_told_at_once_in_file_and_log() throws Exception {
        var beat = beatFile();
        at(0.02, new Answer(1, EMBEDDED));
        at(3, new Answer(1, GONE));
        at(3.5, new Stop());
        live();
        assertThat(beat).content().contains("\"ts\":1761778151,\"iter\":1,", "\"bus\":\"away\"");
        at(0.02, new Answer(1, EMBEDDED));
        at(3, new Answer(1, GONE));
        at(3.1, new Answer(1, GONE));
        at(3.3, new Answer(1, GONE));
        at(5, new Answer(1, EMBEDDED));
        at(5.5, new Stop());
        out.reset();
        live();
        assertThat(lines())
                .containsExactly(
                        "=== CLS agent boot 2025-10-30 05:49:11 ===",
                        "2025-10-30 05:49:11 [OK] embedded ping",
                        "2025-10-30 05:49:14 [FAIL] embedded ping: no daemon runs on /home",
                        "2025-10-30 05:49:16 [OK] embedded ping",
                        "2025-10-30 05:49:16 [OK] stopped");
        assertThat(beat).content().contains("\"ts\":1761778151,\"iter\":1,", "\"bus\":\"connected\"");
    }

    @Test
    void a_bus_that_comes_a_moment_after_the_boot_was_never_away() throws Exception {
        at(0.02, new Answer(1, new Away("bus", "no daemon runs on /home")));
        at(0.3, new Answer(1, new Away("bus", "no daemon runs on /home")));
        at(2.8, new Answer(1, EMBEDDED));
        at(3.5, new Stop());
        live();
        assertThat(lines())
                .containsExactly(
                        "=== CLS agent boot 2025-10-30 05:49:11 ===",
                        "2025-10-30 05:49:13 [OK] embedded ping",
                        "2025-10-30 05:49:14 [OK] stopped");
    }

    @Test
    void one_that_does_not_come_is_told_with_its_reason() throws Exception {
        at(0.02, new Answer(1, new Away("bus", "no daemon runs on /home")));
        at(3.5, new Stop());
        live();
        assertThat(lines()).contains("2025-10-30 05:49:14 [FAIL] bus ping: no daemon runs on /home");
    }

    @Test
    void a_beat_that_is_told_again_keeps_the_time_of_its_file() throws Exception {
        var beat = beatFile();
        at(0.4, new Answer(1, EMBEDDED));
        at(0.5, new Stop());
        live();
        assertThat(beat).content().contains("connected");
        assertThat(Files.getLastModifiedTime(beat).toInstant()).isEqualTo(BOOT);
    }

    @Test
    void a_bus_that_does_not_answer_holds_up_no_beat() throws Exception {
        at(0.02, new Answer(1, EMBEDDED));
        at(32, new Answer(3, EMBEDDED));
        at(33, new Stop());
        live();
        assertThat(beats).containsExactly("1 at 0s", "2 at 10s", "3 at 20s", "4 at 30s");
        assertThat(lines())
                .containsExactly(
                        "=== CLS agent boot 2025-10-30 05:49:11 ===",
                        "2025-10-30 05:49:11 [OK] embedded ping",
                        "2025-10-30 05:49:22 [FAIL] embedded ping: no answer in 1000 ms",
                        "2025-10-30 05:49:32 [FAIL] embedded ping: no answer in 1000 ms",
                        "2025-10-30 05:49:42 [FAIL] embedded ping: no answer in 1000 ms",
                        "2025-10-30 05:49:43 [OK] embedded ping",
                        "2025-10-30 05:49:44 [OK] stopped");
    }

    @Test
    void a_beat_that_cannot_be_written_is_told_and_the_next_one_tried() throws Exception {
        var notAFolder = Files.createFile(folder.resolve("in-the-way"));
        file = Optional.of(new HeartbeatFile(notAFolder.resolve("beat.json"), new Self("cls", 42, "", "")));
        at(15, new Stop());
        live();
        assertThat(lines().stream().filter(line -> line.contains("heartbeat")))
                .hasSize(2)
                .allMatch(line -> line.contains(" [FAIL] heartbeat: ") && line.contains("in-the-way"));
    }

    @Test
    void a_reader_never_sees_half_a_beat() throws Exception {
        var beat = beatFile();
        Files.writeString(beat, "the beat before");
        try (var held = Files.newByteChannel(beat)) {
            at(1, new Stop());
            live();
            assertThat(held.size())
                    .as("the old file is replaced, not written into")
                    .isEqualTo(15);
        }
    }

    private Path beatFile() {
        var beat = folder.resolve("beat.json");
        file = Optional.of(new HeartbeatFile(beat, new Self("cls", 42, "", "")));
        return beat;
    }

    private void at(double seconds, Event event) {
        script.add(new Script(Duration.ofMillis(Math.round(seconds * 1000)), event));
    }

    private void live() throws InterruptedException {
        now = Duration.ZERO;
        var log = new Log(out, () -> BOOT.plus(now), ZoneId.of("Asia/Bangkok"));
        new Beats(
                        "cls",
                        file,
                        log,
                        (iter, at) -> beats.add(
                                iter + " at " + Duration.between(BOOT, at).toSeconds() + "s"),
                        new Beats.Time(() -> BOOT.plus(now), () -> now.toNanos()))
                .run(EVERY, this::next);
    }

    private Optional<Event> next(Duration most) {
        var end = now.plus(most);
        if (script.isEmpty() || script.element().at().compareTo(end) > 0) {
            now = end;
            return Optional.empty();
        }
        now = script.element().at();
        return Optional.of(script.remove().event());
    }

    private List<String> lines() throws IOException {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
