package dev.steward.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherBuildTest {
    @TempDir
    Path temp;

    Checkout checkout;

    @BeforeEach
    void check_out() throws Exception {
        checkout = Checkout.in(temp);
    }

    private void edit() throws IOException {
        Files.writeString(checkout.source(), "class Main { /* edited */ }");
    }

    @Test
    void it_builds_on_first_use_and_says_so_in_two_lines_on_stderr() throws Exception {
        var ended = checkout.launch("version").run();

        assertThat(ended.status()).isZero();
        assertThat(ended.err())
                .matches("steward: building \\(first use, about a minute\\) …\\nsteward: built in \\d+ s\\n");
        assertThat(ended.words())
                .containsSequence(
                        "-jar", checkout.current().resolve("steward.jar").toString());
        assertThat(checkout.current().resolve("lib/one.jar")).exists();
    }

    @Test
    void it_builds_with_the_jdk_that_it_found() throws Exception {
        var jdk = checkout.jdk("jdk 25", "25.0.1").toString();

        assertThat(checkout.launch("version")
                        .with("BUILD_JDK", jdk)
                        .with("JAVA_HOME", "/other")
                        .run()
                        .status())
                .isZero();
    }

    @Test
    void it_does_not_build_again_while_nothing_changes() throws Exception {
        checkout.launch("version").run();

        assertThat(checkout.launch("version").run().err()).isEmpty();
        assertThat(checkout.journal("mvn")).hasSize(1);
    }

    @Test
    void it_builds_again_after_an_edit() throws Exception {
        checkout.launch("version").run();
        edit();

        assertThat(checkout.launch("version").run().err()).contains("building (the sources changed)");
        assertThat(checkout.builds()).hasSize(2).endsWith(checkout.current());
    }

    @Test
    void it_builds_again_after_a_source_was_deleted() throws Exception {
        checkout.launch("version").run();
        Files.delete(checkout.source());

        checkout.launch("version").run();

        assertThat(checkout.journal("mvn")).hasSize(2);
    }

    @Test
    void it_builds_again_when_a_source_was_edited_during_the_build() throws Exception {
        var first = checkout.launch("version").with("MAVEN_WAITS", "1").start();
        Await.until("maven runs", () -> !checkout.journal("mvn").isEmpty());
        var reading = Files.getLastModifiedTime(checkout.journal());
        // A file system's clock ticks in milliseconds.
        Await.until("the edit is later", () -> {
            edit();
            return Files.getLastModifiedTime(checkout.source()).compareTo(reading) > 0;
        });
        Files.createFile(checkout.gate());
        assertThat(first.waitFor()).isZero();

        checkout.launch("version").run();

        assertThat(checkout.journal("mvn")).hasSize(2);
    }

    @Test
    void a_find_without_quit_does_as_well() throws Exception {
        Files.move(checkout.tools().resolve("find"), checkout.machine().resolve("find"));
        checkout.tool("find", """
                #!/bin/sh
                for word; do
                    [ "$word" != -quit ] || exit 1
                done
                exec "${0%/*}/../find" "$@"
                """);
        checkout.launch("version").run();

        assertThat(checkout.launch("version").run().err()).isEmpty();
        edit();
        assertThat(checkout.launch("version").run().err()).contains("built in");
    }

    @Test
    void a_source_from_the_future_is_named() throws Exception {
        Files.setLastModifiedTime(checkout.source(), FileTime.from(Instant.parse("2199-01-01T00:00:00Z")));

        assertThat(checkout.launch("version").run().err())
                .contains(checkout.source() + " has a time in the future: until then every start builds");
    }

    @Test
    void of_two_at_once_one_builds_and_the_other_waits() throws Exception {
        var first = checkout.launch("version").with("MAVEN_WAITS", "1").start();
        Await.until("maven runs", () -> !checkout.journal("mvn").isEmpty());
        var second = checkout.launch("version").start();

        try (var err = second.errorReader()) {
            assertThat(err.readLine())
                    .isEqualTo("steward: waiting for the build by another steward (pid " + first.pid() + ") …");
        }
        Files.createFile(checkout.gate());

        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(checkout.journal("mvn")).hasSize(1);
        assertThat(checkout.output().resolve("lock")).doesNotExist();
    }

    @Test
    void two_that_build_at_once_in_spite_of_the_lock_do_each_other_no_harm() throws Exception {
        var first = checkout.launch("version").with("MAVEN_WAITS", "1").start();
        Await.until("maven runs", () -> !checkout.journal("mvn").isEmpty());
        Files.delete(checkout.output().resolve("lock"));

        assertThat(checkout.launch("version").run().status()).isZero();
        Files.createFile(checkout.gate());

        assertThat(first.waitFor()).isZero();
        assertThat(checkout.builds()).hasSize(2).contains(checkout.current());
    }

    @Test
    void the_lock_of_a_launcher_that_died_blocks_nobody() throws Exception {
        Files.createDirectory(checkout.output());
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        lock_for(dead.pid() + " 12345");

        assertThat(checkout.launch("version").run().err())
                .doesNotContain("waiting")
                .contains("built in");
    }

    @Test
    void a_lock_whose_pid_belongs_to_another_process_by_now_blocks_nobody() throws Exception {
        Files.createDirectory(checkout.output());
        lock_for(ProcessHandle.current().pid() + " 1");

        assertThat(checkout.launch("version").run().err())
                .doesNotContain("waiting")
                .contains("built in");
    }

    private void lock_for(String owner) throws IOException {
        Files.createSymbolicLink(checkout.output().resolve("lock"), Path.of(owner));
    }

    @Test
    void a_failed_build_shows_what_maven_said_and_leaves_nothing_behind() throws Exception {
        var ended = checkout.launch("version").with("MAVEN_FAILS", "1").run();

        assertThat(ended.status()).isEqualTo(70);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("[ERROR] Main.java:[1,1] does not compile")
                .endsWith("steward: the build failed, see above.\n");
        assertThat(checkout.output()).isEmptyDirectory();
    }

    @Test
    void a_failed_build_runs_no_old_code_but_names_it() throws Exception {
        checkout.launch("version").run();
        edit();

        var ended = checkout.launch("version").with("MAVEN_FAILS", "1").run();

        assertThat(ended.status()).isEqualTo(70);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("use the build " + checkout.current().getFileName() + " with STEWARD_NO_BUILD=1");
        assertThat(checkout.launch("version")
                        .with("STEWARD_NO_BUILD", "1")
                        .run()
                        .status())
                .isZero();
    }

    @Test
    void a_launcher_that_is_stopped_during_the_build_takes_its_lock_and_folder_along() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "a group of its own can be made here");
        var launcher = checkout.launch("version")
                .with("MAVEN_WAITS", "1")
                .through("setsid")
                .with("PATH", checkout.tools() + ":/usr/bin:/bin")
                .start();
        Await.until("maven runs", () -> !checkout.journal("mvn").isEmpty());

        // As Ctrl-C does: to the whole group.
        new ProcessBuilder("kill", "-INT", "--", "-" + launcher.pid()).start().waitFor();
        launcher.waitFor();

        Await.until("its folder is empty", () -> {
            try (var left = Files.list(checkout.output())) {
                return left.findAny().isEmpty();
            }
        });
    }

    @Test
    void an_agent_that_starts_again_never_waits_for_a_compiler() throws Exception {
        checkout.launch("version").run();
        edit();

        var ended = checkout.launch("agent").with("STEWARD_INCARNATION", "i").run();

        assertThat(ended.status()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(checkout.journal("mvn")).hasSize(1);
    }

    @Test
    void an_agent_builds_where_there_is_no_build_at_all() throws Exception {
        assertThat(checkout.launch("agent")
                        .with("STEWARD_INCARNATION", "i")
                        .run()
                        .err())
                .contains("built in");
    }

    @Test
    void a_pointer_to_a_build_that_is_gone_counts_as_no_build() throws Exception {
        Files.createDirectory(checkout.output());
        Files.writeString(checkout.output().resolve("current"), "20200101-000000-1\n");

        assertThat(checkout.launch("agent")
                        .with("STEWARD_INCARNATION", "i")
                        .run()
                        .status())
                .isZero();
    }

    @Test
    void only_the_last_three_builds_stay_and_those_that_a_process_runs_from() throws Exception {
        for (int build = 1; build <= 5; build++) {
            var old = Files.createDirectories(checkout.output().resolve("2020010" + build + "-000000-1"));
            Files.writeString(old.resolve("steward.jar"), "jar");
            Files.writeString(old.resolve("cli-25.aot"), "cache");
        }
        var used = checkout.output().resolve("20200101-000000-1");
        var running = new ProcessBuilder(
                        "sh",
                        "-c",
                        "read line",
                        "sh",
                        "-jar",
                        used.resolve("steward.jar").toString())
                .start();
        try {
            checkout.launch("version").run();
        } finally {
            running.destroy();
        }

        assertThat(checkout.builds())
                .containsExactly(
                        used,
                        checkout.output().resolve("20200104-000000-1"),
                        checkout.output().resolve("20200105-000000-1"),
                        checkout.current());
        assertThat(used.resolve("cli-25.aot")).doesNotExist();
    }
}
