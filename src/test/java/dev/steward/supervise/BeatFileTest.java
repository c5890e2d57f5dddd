package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Glance;
import dev.steward.posix.Posix;
import dev.steward.supervise.BeatFile.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeatFileTest {
    private static final Glance GLANCE = Posix.glance();
    private static final Instant TOUCHED = Instant.parse("2026-01-02T03:04:05.250Z");

    @TempDir
    Path folder;

    private Path written(String content) throws IOException {
        var file = Files.writeString(folder.resolve("beat.json"), content);
        Files.setLastModifiedTime(file, FileTime.from(TOUCHED));
        return file;
    }

    private Look.Found found(String content) throws IOException {
        return (Look.Found) BeatFile.read(written(content), GLANCE);
    }

    @Test
    void it_tells_the_time_the_number_and_whose_it_is() throws IOException {
        var found = found("{\"ts\":1050,\"iter\":7,\"pid\":1,\"incarnation\":\"0190\",\"more\":{\"ts\":1}}");
        assertThat(found.at()).isEqualTo(Instant.ofEpochSecond(1050));
        assertThat(found.iter()).isEqualTo(OptionalLong.of(7));
        assertThat(found.incarnation()).isEqualTo(Optional.of("0190"));
    }

    @ParameterizedTest
    @CsvSource({
        "1767323045, 2026-01-02T03:04:05.250Z",
        "1767323044, 2026-01-02T03:04:04Z",
        "1767323045.5, 2026-01-02T03:04:05.500Z",
        "1767323045123, 2026-01-02T03:04:05.123Z",
    })
    void seconds_with_or_without_a_fraction_and_milliseconds_are_times(String ts, Instant at) throws IOException {
        assertThat(found("{\"ts\":" + ts + "}").at()).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ok", "[1050]", "1050", "{\"iter\":7}", "{\"ts\":\"1050\"}", "{\"ts\":-1}", "{\"ts\":1e300}"
            })
    void without_a_time_of_its_own_it_is_as_old_as_its_file(String content) throws IOException {
        assertThat(found(content).at()).isEqualTo(TOUCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ts\":1050,\"it", "{", "  {\"ts\":}", "{ts:1}", "{\"iter\":99999999999999999999}"})
    void what_is_half_written_is_no_beat(String content) throws IOException {
        assertThat(BeatFile.read(written(content), GLANCE)).isEqualTo(new Look.Nothing("file is not whole JSON"));
    }

    @Test
    void too_much_json_is_no_beat_and_a_large_file_of_anything_else_counts_by_its_time() throws IOException {
        assertThat(BeatFile.read(written("{\"ts\":1050}" + " ".repeat(70_000)), GLANCE))
                .isEqualTo(new Look.Nothing("file holds more than 64 KiB of JSON"));
        assertThat(found("a line\n".repeat(1_000_000)).at()).isEqualTo(TOUCHED);
    }

    @Test
    void a_missing_file_a_folder_and_a_link_are_none() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("link"), written("{\"ts\":1050}"));
        assertThat(BeatFile.read(link, GLANCE))
                .isEqualTo(new Look.Nothing("file is a symbolic link, not a regular file"));
        assertThat(BeatFile.read(folder, GLANCE)).isEqualTo(new Look.Nothing("file is a folder, not a regular file"));
        assertThat(BeatFile.read(folder.resolve("nowhere"), GLANCE)).isEqualTo(new Look.Nothing("file is not there"));
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void a_fifo_is_none_and_holds_nobody_up() throws Exception {
        var fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertThat(BeatFile.read(fifo, GLANCE))
                .isEqualTo(new Look.Nothing("file is a special file, not a regular file"));
    }
}
