package dev.steward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.agent.HeartbeatFile.Self;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeatsTest {
    private static final Duration EVERY = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2025-10-29T22:49:11Z"));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void its_log_has_the_lines_that_people_grep_for() throws Exception {
        live(Optional.empty(), 2);
        assertThat(lines())
                .containsExactly(
                        "=== CLS agent boot 2025-10-30 05:49:11 ===",
                        "2025-10-30 05:49:11 [OK] heartbeat 1",
                        "2025-10-30 05:49:21 [OK] heartbeat 2",
                        "2025-10-30 05:49:31 [OK] stopped");
    }

    @Test
    void a_beat_says_when_the_how_manieth_and_who() throws Exception {
        var file = folder.resolve("deep/beat.json");
        var self = new Self(42, Optional.of("0199-ab\"}"), Optional.of("b00t"));
        live(Optional.of(new HeartbeatFile(file, self)), 3);
        assertThat(file)
                .hasContent(
                        "{\"ts\":1761778171,\"iter\":3,\"pid\":42,\"incarnation\":\"0199-ab\",\"boot\":\"b00t\",\"bus\":\"away\"}");
        try (var left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void a_beat_that_cannot_be_written_is_told_and_the_next_one_tried() throws Exception {
        var notAFolder = Files.createFile(folder.resolve("in-the-way"));
        var self = new Self(42, Optional.empty(), Optional.empty());
        live(Optional.of(new HeartbeatFile(notAFolder.resolve("beat.json"), self)), 2);
        assertThat(lines().subList(1, 3))
                .allMatch(line -> line.contains(" [FAIL] heartbeat: ") && line.contains("in-the-way"));
    }

    @Test
    void a_reader_never_sees_half_a_beat() throws Exception {
        var file = folder.resolve("beat.json");
        Files.writeString(file, "the beat before");
        var held = Files.newByteChannel(file);
        try (held) {
            live(Optional.of(new HeartbeatFile(file, new Self(1, Optional.empty(), Optional.empty()))), 1);
            assertThat(held.size())
                    .as("the old file is replaced, not written into")
                    .isEqualTo(15);
        }
    }

    private void live(Optional<HeartbeatFile> file, int beats) throws InterruptedException {
        var count = new AtomicInteger();
        var log = new Log(out, ZoneId.of("Asia/Bangkok"));
        new Beats("cls", file, log, now::get).run(EVERY, time -> {
            now.updateAndGet(instant -> instant.plus(time));
            return count.incrementAndGet() == beats;
        });
    }

    private List<String> lines() throws IOException {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
