package dev.steward.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherFlagsTest {
    @TempDir
    Path temp;

    Checkout checkout;

    @BeforeEach
    void check_out() throws Exception {
        checkout = Checkout.in(temp);
    }

    @ParameterizedTest
    @CsvSource({
        "up, daemon, 64m",
        "--home agent daemon, daemon, 64m",
        "--home=x -v up --detach, daemon, 64m",
        "agent --name up, agent, 24m",
        "--config c.yaml agent, agent, 24m",
        "status, cli, 64m",
        "logs agent, cli, 64m",
        "'', cli, 64m",
    })
    void heap_and_cache_follow_the_command(String arguments, String role, String heap) throws Exception {
        checkout.launch().run();
        Files.writeString(checkout.current().resolve(role + "-25.0.1.aot"), "cache");
        var words = arguments.isEmpty() ? new String[0] : arguments.split(" ");

        var ended = checkout.launch(words)
                .without("STEWARD_NO_AOT")
                .with("STEWARD_INCARNATION", "i")
                .run();

        assertThat(ended.words())
                .contains("-Xmx" + heap, "-XX:AOTCache=" + checkout.current() + "/" + role + "-25.0.1.aot")
                .endsWith(words);
    }

    @ParameterizedTest
    @CsvSource({
        "audit verify, true",
        "--home x audit verify --help, true",
        "audit tail, false",
        "audit, false",
        "status verify, false",
        "logs audit verify, false",
    })
    void a_trail_is_verified_with_all_compilers(String arguments, boolean all) throws Exception {
        var ended = checkout.launch(arguments.split(" ")).run();

        assertThat(ended.words().stream().filter(word -> word.startsWith("-XX:TieredStopAtLevel=")))
                .isEqualTo(
                        all
                                ? List.of("-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=4")
                                : List.of("-XX:TieredStopAtLevel=1"));
        assertThat(ended.words()).endsWith(arguments.split(" "));
    }

    @Test
    void the_users_options_come_after_its_own_and_are_split_at_spaces_only() throws Exception {
        var ended = checkout.launch("status")
                .with("STEWARD_JAVA_OPTS", "-Xmx99m  -Dglob=*")
                .run();

        assertThat(ended.words()).containsSubsequence("-Xmx64m", "-Xmx99m", "-Dglob=*", "-jar");
    }

    @Test
    void the_caches_are_made_behind_the_first_command_and_used_by_the_next() throws Exception {
        var launch = checkout.launch("status").without("STEWARD_NO_AOT");

        assertThat(launch.run().words()).noneMatch(word -> word.startsWith("-XX:AOTCache"));
        await_caches("cli-25.0.1.aot", "daemon-25.0.1.aot", "agent-25.0.1.aot");

        assertThat(launch.run().words()).contains("-XX:AOTCache=" + checkout.current() + "/cli-25.0.1.aot");
        assertThat(checkout.journal("train")).hasSize(3);
    }

    @Test
    void a_cache_that_cannot_be_made_is_tried_once() throws Exception {
        var launch = checkout.launch("status").without("STEWARD_NO_AOT").with("TRAINING_FAILS", "1");
        launch.run();
        await_caches("cli-25.0.1.aot.failed", "daemon-25.0.1.aot.failed", "agent-25.0.1.aot.failed");

        assertThat(launch.run().status()).isZero();
        assertThat(checkout.journal("train")).hasSize(3);
    }

    @Test
    void another_jdk_gets_caches_of_its_own() throws Exception {
        checkout.launch("status").without("STEWARD_NO_AOT").run();
        await_caches("cli-25.0.1.aot", "daemon-25.0.1.aot", "agent-25.0.1.aot");

        var other = checkout.jdk("other", "26").toString();
        var ended = checkout.bare("status")
                .without("STEWARD_NO_AOT")
                .with("STEWARD_JAVA_HOME", other)
                .run();

        assertThat(ended.words()).noneMatch(word -> word.startsWith("-XX:AOTCache"));
        await_caches("cli-26.aot", "daemon-26.aot", "agent-26.aot");
    }

    @Test
    void an_agent_makes_no_caches() throws Exception {
        var ended = checkout.launch("agent")
                .without("STEWARD_NO_AOT")
                .with("STEWARD_INCARNATION", "i")
                .run();

        assertThat(ended.status()).isZero();
        assertThat(checkout.current().resolve("training")).doesNotExist();
        assertThat(checkout.journal("train")).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_program_never_starts_with_a_closed_input_output_or_error() throws Exception {
        checkout.launch("status").run();
        var shown = temp.resolve("descriptors");

        checkout.launch("status")
                .through("/bin/sh", "-c", "exec \"$@\" <&- >&- 2>&-", "sh")
                .with("SHOW_DESCRIPTORS", shown.toString())
                .run();

        assertThat(Files.readAllLines(shown)).containsExactlyInAnyOrder("0 /dev/null", "1 /dev/null", "2 /dev/null");
    }

    private void await_caches(String... names) throws Exception {
        var build = checkout.current();
        Await.until(
                "caches " + List.of(names),
                () -> List.of(names).stream().allMatch(name -> Files.exists(build.resolve(name)))
                        && !Files.isSymbolicLink(build.resolve("training")));
    }
}
