package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeatFileTest {
    private static final Instant STARTED = Instant.ofEpochSecond(1_000).plusMillis(900);
    private static final Instant NOW = Instant.ofEpochSecond(1_060).plusMillis(100);

    @TempDir
    Path folder;

    @Test
    void it_tells_the_age_and_the_number() throws IOException {
        assertThat(read("{\"ts\":1050,\"iter\":7,\"pid\":1,\"more\":{\"ts\":1}}"))
                .isEqualTo(new Beat(OptionalLong.of(10), OptionalLong.of(7)));
    }

    @Test
    void a_beat_within_the_second_of_the_start_counts() throws IOException {
        assertThat(read("{\"ts\":1000}")).isEqualTo(new Beat(OptionalLong.of(60), OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ts\":999,\"iter\":7}",
                "{\"ts\":1061,\"iter\":7}",
                "{\"ts\":99999999999999999999,\"iter\":7}",
                "{\"ts\":\"1050\"}",
                "{\"iter\":7}",
                "{\"ts\":1050,\"it",
                "[1050]",
                "",
                "ok"
            })
    void older_than_the_incarnation_from_the_future_or_unreadable_is_unknown(String content) throws IOException {
        assertThat(read(content)).isEqualTo(Beat.UNKNOWN);
    }

    @Test
    void a_file_that_is_too_large_is_unknown() throws IOException {
        assertThat(read("{\"ts\":1050}" + " ".repeat(70_000))).isEqualTo(Beat.UNKNOWN);
    }

    @Test
    void a_missing_file_a_folder_and_a_link_are_unknown() throws IOException {
        var real = Files.writeString(folder.resolve("real"), "{\"ts\":1050}");
        var link = Files.createSymbolicLink(folder.resolve("link"), real);
        assertThat(BeatFile.read(real, STARTED, NOW)).isNotEqualTo(Beat.UNKNOWN);
        assertThat(BeatFile.read(link, STARTED, NOW)).isEqualTo(Beat.UNKNOWN);
        assertThat(BeatFile.read(folder, STARTED, NOW)).isEqualTo(Beat.UNKNOWN);
        assertThat(BeatFile.read(folder.resolve("nowhere"), STARTED, NOW)).isEqualTo(Beat.UNKNOWN);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void a_fifo_is_unknown_and_holds_nobody_up() throws Exception {
        var fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertThat(BeatFile.read(fifo, STARTED, NOW)).isEqualTo(Beat.UNKNOWN);
    }

    private Beat read(String content) throws IOException {
        return BeatFile.read(Files.writeString(folder.resolve("beat.json"), content), STARTED, NOW);
    }
}
