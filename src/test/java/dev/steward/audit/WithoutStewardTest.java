package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in docs/audit.md does what it says there. */
class WithoutStewardTest {
    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void extract() throws Exception {
        file = home.resolve("audit.jsonl");
        String page = Files.readString(Path.of(System.getProperty("steward.basedir"), "docs", "audit.md"));
        int start = page.indexOf("```python\n") + "```python\n".length();
        Files.writeString(home.resolve("verify.py"), page.substring(start, page.indexOf("```", start)));
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v python3").start().waitFor() == 0, "python3 is here");
    }

    @Test
    void it_has_ten_lines() throws Exception {
        assertThat(Files.readAllLines(home.resolve("verify.py"))).hasSize(10);
    }

    @Test
    void it_finds_the_same_head_as_steward() throws Exception {
        Head head = Trails.write(file, 5);
        assertThat(run(0)).isEqualTo("5 records, 0 older lines, head " + head.hash());
    }

    @Test
    void it_finds_the_same_head_behind_old_lines() throws Exception {
        Files.writeString(file, "{\"event\":\"old\"}\nolder\n42\n\n");
        Head head = Trails.write(file, 5);
        Files.writeString(file, Files.readString(file) + "{\"seq\":6,");
        assertThat(run(0)).isEqualTo("5 records, 4 older lines, head " + head.hash());
    }

    @Test
    void it_finds_a_changed_record() throws Exception {
        Trails.write(file, 5);
        Trails.replace(file, "\"number\":3", "\"number\":4");
        assertThat(run(1)).isEqualTo("broken before or at line 4");
    }

    @Test
    void it_finds_a_changed_old_line() throws Exception {
        Files.writeString(file, "old\n");
        Trails.write(file, 1);
        Trails.replace(file, "old", "0ld");
        assertThat(run(1)).isEqualTo("broken before or at line 2");
    }

    @Test
    void it_finds_a_removed_record_and_a_foreign_line() throws Exception {
        Trails.write(file, 5);
        List<String> lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), lines.get(2)));
        assertThat(run(1)).isEqualTo("broken before or at line 2");
        Files.write(file, List.of(lines.get(0), "foreign"));
        assertThat(run(1)).isEqualTo("broken before or at line 2");
    }

    @Test
    void it_finds_doubled_and_moved_records() throws Exception {
        Trails.write(file, 5);
        List<String> lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), lines.get(1), lines.get(1), lines.get(2)));
        assertThat(run(1)).isEqualTo("broken before or at line 3");
        Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(1)));
        assertThat(run(1)).isEqualTo("broken before or at line 2");
    }

    @Test
    void it_reads_what_steward_escapes_and_records_of_a_mebibyte() throws Exception {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("text", "\u202e \ud800 é 漢 😀 \u001b");
        for (int i = 0; i < 70; i++) {
            fields.put("part" + i, "y".repeat(16_000));
        }
        Head head = Trails.open(file).append(List.of(new AuditEvent("huge", fields), Trails.event(2)));
        assertThat(run(0)).isEqualTo("2 records, 0 older lines, head " + head.hash());
    }

    @Test
    void it_finds_a_removed_old_line() throws Exception {
        Files.writeString(file, "one\ntwo\n");
        Trails.write(file, 2);
        Files.writeString(file, Files.readString(file).substring("one\n".length()));
        assertThat(run(1)).isEqualTo("broken before or at line 2");
    }

    private String run(int status) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "python3", home.resolve("verify.py").toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(status);
        return output.strip();
    }
}
