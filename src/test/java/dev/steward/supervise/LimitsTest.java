package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.config.ResourceLimit;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Niceness and limits reach the program, through a shell that doesn't stay. */
@EnabledOnOs(OS.LINUX)
class LimitsTest {
    @TempDir
    Path home;

    private Examples agent() {
        return Examples.agent("cls", home)
                .readyAfter(Duration.ofMillis(10))
                .backoff(Duration.ofMinutes(1), Duration.ofMinutes(1))
                .exec("/bin/sleep", "1000");
    }

    private static long sleeping(TestNode node) throws Exception {
        node.await("cls", "up");
        var pid = node.pid("cls");
        Await.until("the program runs", () -> read(pid, "comm").equals(List.of("sleep")));
        return pid;
    }

    private static List<String> read(long pid, String file) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/" + file));
    }

    private static String softLimit(long pid, String name) throws IOException {
        return read(pid, "limits").stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip().split("\\s+", -1)[0])
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "NOFILE, Max open files, 77, 77",
        "CORE, Max core file size, 0, 0",
        "CPU, Max cpu time, 3600, 3600",
        "DATA, Max data size, 200000, 204800000",
        "FSIZE, Max file size, 4096, 2097152",
        "STACK, Max stack size, 4096, 4194304",
        "AS, Max address space, 4000000, 4096000000",
        "NPROC, Max processes, 5000, 5000"
    })
    void each_limit_is_set(ResourceLimit limit, String name, String value, String expected) throws Exception {
        try (var node = TestNode.begin(home, agent().limit(limit, value))) {
            assertThat(softLimit(sleeping(node), name)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ResourceLimit.class,
            names = {"NOFILE", "NPROC"})
    void one_that_cannot_be_set_is_a_failure_that_names_it(ResourceLimit limit) throws Exception {
        try (var node = TestNode.begin(home, agent().limit(limit, "99999999999"))) {
            var status = node.await("cls", "backing_off");
            assertThat(status.failures()).isEqualTo(1);
            assertThat(status.reason()).contains("see its log");
            assertThat(node.log("cls")).contains(limit.name().toLowerCase(Locale.ROOT), "99999999999");
        }
    }

    @Test
    void it_is_as_nice_as_was_asked() throws Exception {
        try (var node = TestNode.begin(home, agent().nice(7))) {
            var stat = Files.readString(Path.of("/proc/" + sleeping(node) + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            assertThat(fields[16]).as("field 19 of proc_pid_stat(5)").isEqualTo("7");
        }
    }

    @Test
    void all_at_once_and_no_shell_stays() throws Exception {
        try (var node = TestNode.begin(home, agent().umask("077").nice(3).limit(ResourceLimit.NOFILE, "99"))) {
            var pid = sleeping(node);
            assertThat(softLimit(pid, "Max open files")).isEqualTo("99");
            assertThat(read(pid, "status")).contains("Umask:\t0077");
            assertThat(read(pid, "cmdline")).containsExactly("/bin/sleep\0" + "1000\0");
        }
    }

    @Test
    void arguments_go_through_that_shell_as_they_are() throws Exception {
        var odd = "a b'\"$(exit 1)*;\\ü";
        try (var node = TestNode.begin(
                home, agent().umask("022").exec("/bin/sh", "-c", "printf %s \"$1\"; exec sleep 1000", "sh", odd))) {
            node.awaitLog("cls", odd);
            assertThat(node.log("cls")).isEqualTo(odd);
        }
    }

    @Test
    void a_limit_of_memory_bounds_the_program() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is here");
        var greedy = agent().limit(ResourceLimit.AS, "200000")
                .exec("/usr/bin/perl", "-e", "my $x = 'x' x 500_000_000; sleep 1000");
        try (var node = TestNode.begin(home, greedy.readyAfter(Duration.ofMinutes(1)))) {
            node.await("cls", "backing_off");
            assertThat(node.log("cls")).contains("Out of memory");
        }
    }
}
