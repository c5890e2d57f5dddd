package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTest {
    private static final String HASH = "1c8944d6cf437627a887d1422d61c60ae6f36ea413541fada515eff6fc412d6f";

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void odd_names_are_written_as_sha256sum_writes_them_and_checked_by_it() throws Exception {
        for (var name : List.of("plain.txt", "with space", "two\nlines", "back\\slash", "*star", " lead", "für")) {
            var content = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            Files.write(folder.resolve(name), content);
            var written = new Checksums(List.of(new Checksums.Line(Sha256.of(content), name)));

            var theirs = Tools.run(folder, new byte[0], "sha256sum", name);
            var check = Tools.run(
                    folder,
                    written.text().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    "sha256sum",
                    "-c",
                    "--strict");

            assertThat(written.text()).isEqualTo(theirs.text());
            assertThat(check.status()).as(check.text()).isZero();
            assertThat(Checksums.read(theirs.text())).contains(written);
        }
    }

    @Test
    void a_star_before_the_name_and_a_dot_in_front_and_large_digits_are_read_too() {
        var read = Checksums.read(HASH.toUpperCase(java.util.Locale.ROOT) + " *./a.txt\n\n" + HASH + "  b/c.txt\n")
                .orElseThrow();

        assertThat(read.of("a.txt")).contains(HASH);
        assertThat(read.of("b/c.txt")).contains(HASH);
        assertThat(read.of("c.txt")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "no hash at all",
                HASH,
                HASH + "  ",
                HASH + " a.txt",
                "1c89  a.txt",
                HASH + "  a.txt\n" + HASH + "  ./a.txt",
                "\\" + HASH + "  a\\x",
                "\\" + HASH + "  a\\",
                "SHA256 (a.txt) = " + HASH
            })
    void what_is_no_list_of_checksums_is_none(String text) {
        assertThat(Checksums.read(text)).isEmpty();
    }

    @Test
    void a_line_of_a_million_characters_is_read_in_no_time() {
        assertThat(Checksums.read("\\" + HASH + "  " + "\\\\".repeat(500_000))).isPresent();
        assertThat(Checksums.read("\\" + HASH + "  " + "\\\\".repeat(500_000) + "\\q"))
                .isEmpty();
    }
}
