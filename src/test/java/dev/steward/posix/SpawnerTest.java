package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnerTest {
    private static final Map<String, String> NOTHING = Map.of();

    @TempDir
    Path folder;

    @Test
    void arguments_arrive_byte_for_byte() throws Exception {
        var odd = List.of(
                "",
                " two  spaces ",
                "line\nbreak",
                "\t\u0001\u001b[31m\u007f",
                "'\"`$HOME\\*?;&|",
                "grüße 漢字 🦉",
                "-n",
                "x".repeat(100_000),
                "");
        try (var node = new TestPosix(folder)) {
            var argv = Stream.concat(Stream.of("/bin/sh", "-c", "printf '%s\\0' \"$@\"", "sh"), odd.stream())
                    .toArray(String[]::new);
            node.end(node.spawn(argv));
            assertThat(node.written()).isEqualTo(String.join("\0", odd) + "\0");
        }
    }

    @Test
    void a_thousand_variables_arrive_and_nothing_else_does() throws Exception {
        var variables = new HashMap<String, String>();
        for (var i = 0; i < 1_000; i++) {
            variables.put("VARIABLE_" + i, "wert ü " + i + "=\n");
        }
        try (var node = new TestPosix(folder)) {
            node.end(node.spawn(variables, "/bin/cat", "/proc/self/environ"));
            var seen = new TreeMap<String, String>();
            for (var assignment : node.written().split("\0", -1)) {
                var equals = assignment.indexOf('=');
                if (equals > 0) {
                    seen.put(assignment.substring(0, equals), assignment.substring(equals + 1));
                }
            }
            assertThat(seen).containsExactlyInAnyOrderEntriesOf(variables);
        }
    }

    @Test
    void an_argument_that_the_kernel_finds_too_long_is_refused_and_nothing_runs() throws Exception {
        try (var node = new TestPosix(folder)) {
            assertThatThrownBy(() -> node.spawn("/bin/echo", "x".repeat(200_000)))
                    .isInstanceOf(SpawnFailed.class)
                    .hasMessage("Argument list too long");
            assertThat(node.written()).isEmpty();
        }
    }

    @Test
    void what_the_kernel_says_of_a_program_is_passed_on() throws Exception {
        var text = Files.writeString(folder.resolve("text"), "no program");
        try (var node = new TestPosix(folder)) {
            assertThatThrownBy(() -> node.spawn("/no/such/program"))
                    .isInstanceOf(SpawnFailed.class)
                    .hasMessage("No such file or directory");
            assertThatThrownBy(() -> node.spawn(text.toString()))
                    .isInstanceOf(SpawnFailed.class)
                    .hasMessage("Permission denied");
            text.toFile().setExecutable(true);
            assertThatThrownBy(() -> node.spawn(text.toString()))
                    .isInstanceOf(SpawnFailed.class)
                    .hasMessage("Exec format error");
        }
    }

    @Test
    void it_starts_in_its_folder_and_appends_to_its_output() throws Exception {
        try (var node = new TestPosix(folder)) {
            Files.writeString(node.output, "before\n");
            node.end(node.spawn("/bin/sh", "-c", "pwd -P; echo error >&2"));
            assertThat(node.written()).isEqualTo("before\n" + folder.toRealPath() + "\nerror\n");
        }
    }

    @Test
    void a_fifo_in_the_place_of_its_output_holds_nobody_up() throws Exception {
        try (var node = new TestPosix(folder)) {
            Posix.fifosOnly().make(node.output);
            assertThatThrownBy(() -> node.spawn("/bin/true"))
                    .isInstanceOf(SpawnFailed.class)
                    .hasMessage("No such device or address");
        }
    }

    @Test
    void a_new_output_file_is_for_its_owner_and_group() throws Exception {
        try (var node = new TestPosix(folder)) {
            node.end(node.spawn("/bin/true"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node.output)))
                    .startsWith("rw-")
                    .endsWith("---");
        }
    }

    @Test
    void neither_a_start_nor_a_refusal_leaves_a_file_open_here() throws Exception {
        try (var node = new TestPosix(folder)) {
            node.end(node.spawn("/bin/true"));
            var before = TestPosix.descriptors();
            for (var i = 0; i < 20; i++) {
                node.end(node.spawn("/bin/true"));
                assertThatThrownBy(() -> node.spawn("/no/such/program")).isInstanceOf(SpawnFailed.class);
            }
            assertThat(TestPosix.descriptors()).isEqualTo(before);
        }
    }

    @Test
    void what_this_process_has_open_is_kept_from_its_children() throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "x");
        try (var node = new TestPosix(folder);
                var open = Files.newInputStream(secret)) {
            var pid = node.spawn("/bin/sleep", "1000").pid();
            assertThat(open.read()).isEqualTo('x');
            assertThat(node.posix.processes().openFiles(pid))
                    .doesNotContain(secret.toRealPath().toString())
                    .hasSize(3);
        }
    }

    @Test
    void what_was_prepared_starts_over_and_over_with_what_changes() throws Exception {
        try (var node = new TestPosix(folder);
                var prepared = node.posix
                        .spawner()
                        .prepare(
                                List.of("/bin/sh", "-c", "echo \"$KEPT $CHANGED $MORE\"; pwd -P", "ü"),
                                Map.of("KEPT", "grüße"),
                                folder,
                                node.output);
                var first = node.posix.locks().tryLock(folder.resolve("first")).orElseThrow();
                var second =
                        node.posix.locks().tryLock(folder.resolve("second")).orElseThrow()) {
            var expected = new StringBuilder();
            var real = folder.toRealPath();
            for (var life : List.of(first, first, second, first)) {
                for (var changed : List.of(Map.of("CHANGED", "ü"), Map.of("CHANGED", "x", "MORE", "y"), NOTHING)) {
                    node.end(node.spawn(prepared, changed, life));
                    expected.append("grüße %s %s\n%s\n"
                            .formatted(changed.getOrDefault("CHANGED", ""), changed.getOrDefault("MORE", ""), real));
                    assertThat(node.written()).isEqualTo(expected.toString());
                }
            }
        }
    }

    @Test
    void each_start_of_what_was_prepared_holds_its_own_life() throws Exception {
        try (var node = new TestPosix(folder);
                var prepared =
                        node.posix.spawner().prepare(List.of("/bin/sleep", "1000"), Map.of(), folder, node.output)) {
            for (var name : List.of("a.life", "b.life")) {
                var file = folder.resolve(name);
                long pid;
                // Another descriptor each time.
                try (var other = node.posix
                                .locks()
                                .tryLock(folder.resolve(name + ".other"))
                                .orElseThrow();
                        var life = node.posix.locks().tryLock(file).orElseThrow()) {
                    assertThat(other).isNotNull();
                    pid = node.spawn(prepared, Map.of(), life).pid();
                }
                assertThat(node.posix.locks().tryLock(file)).isEmpty();
                assertThat(node.posix.processes().openFiles(pid))
                        .containsExactlyInAnyOrder(
                                "/dev/null",
                                node.output.toRealPath().toString(),
                                file.toRealPath().toString());
            }
        }
    }

    @Test
    void more_variables_than_there_is_room_for_are_refused() throws Exception {
        var many = new HashMap<String, String>();
        for (var i = 0; i < 9; i++) {
            many.put("V" + i, "x");
        }
        try (var node = new TestPosix(folder);
                var prepared = node.posix.spawner().prepare(List.of("/bin/true"), Map.of(), folder, node.output);
                var life = node.posix.locks().tryLock(folder.resolve("life")).orElseThrow()) {
            assertThatThrownBy(() -> node.spawn(prepared, many, life)).isInstanceOf(IllegalArgumentException.class);
            many.remove("V0");
            assertThat(node.end(node.spawn(prepared, many, life))).isEqualTo(new ExitStatus.Exited(0));
        }
    }

    @Test
    void an_environment_may_be_empty() throws Exception {
        try (var node = new TestPosix(folder)) {
            assertThat(node.end(node.spawn(Map.of(), "/bin/cat", "/proc/self/environ")))
                    .isEqualTo(new ExitStatus.Exited(0));
            assertThat(node.written()).isEmpty();
        }
    }
}
