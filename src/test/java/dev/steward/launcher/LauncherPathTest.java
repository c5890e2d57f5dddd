package dev.steward.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherPathTest {
    @TempDir
    Path temp;

    Checkout checkout;

    @BeforeEach
    void check_out() throws Exception {
        checkout = Checkout.in(temp);
    }

    @Test
    void it_runs_from_another_folder_and_leaves_that_the_working_folder() throws Exception {
        var elsewhere = Files.createDirectory(checkout.machine().resolve("else where"));

        var ended = checkout.launch("version").in(elsewhere).run();

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("folder " + elsewhere + "\n");
        assertThat(ended.words()).contains("-Dsteward.launcher=" + checkout.launcher());
    }

    @Test
    void it_runs_by_a_relative_name() throws Exception {
        var ended =
                checkout.launch("version").as("./steward").in(checkout.root()).run();

        assertThat(ended.words()).contains("-Dsteward.launcher=" + checkout.launcher());
    }

    @Test
    void it_runs_as_an_argument_of_sh() throws Exception {
        var ended = checkout.launch("version")
                .as("steward")
                .through("sh")
                .in(checkout.root())
                .run();

        assertThat(ended.words()).contains("-Dsteward.launcher=" + checkout.launcher());
    }

    @Test
    void it_finds_its_folder_through_a_chain_of_links_through_linked_folders() throws Exception {
        var machine = checkout.machine();
        var bin = Files.createDirectories(machine.resolve("user home/bin"));
        Files.createSymbolicLink(machine.resolve("linked"), Path.of("a checkout"));
        Files.createSymbolicLink(machine.resolve("absolute link"), machine.resolve("linked/steward"));
        Files.createSymbolicLink(bin.resolve("relative link"), Path.of("../../absolute link"));
        Files.createSymbolicLink(machine.resolve("bin"), bin);
        Files.createSymbolicLink(machine.resolve("tools/steward"), machine.resolve("bin/relative link"));

        var ended = checkout.launch("version")
                .as("steward")
                .through("sh", "-c", "exec \"$@\"", "sh")
                .run();

        assertThat(ended.err()).contains("built in");
        assertThat(ended.words()).contains("-Dsteward.launcher=" + checkout.launcher());
    }

    @Test
    void it_hands_every_argument_on_as_it_is() throws Exception {
        var ended = checkout.launch("call", "", "two words", "*", "$HOME", "-x", "a\\b")
                .run();

        assertThat(ended.words()).endsWith("call", "", "two words", "*", "$HOME", "-x", "a\\b");
    }

    @Test
    void no_shell_stays_between_its_caller_and_java() throws Exception {
        var ended = checkout.launch("version").run();

        assertThat(ended.out()).contains("pid " + ended.pid() + "\n");
    }

    @Test
    void it_changes_nothing_in_the_environment_that_agents_inherit() throws Exception {
        var launch = checkout.launch("up")
                .with("SHOW_ENVIRONMENT", "1")
                .with("role", "mine")
                .with("CDPATH", "/usr");
        var expected = new HashMap<>(launch.environment());

        var ended = launch.run();

        var environment = ended.out()
                .lines()
                .filter(line -> line.matches("\\w+=.*"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        // Shells say where they are.
        environment.keySet().removeAll(java.util.List.of("PWD", "OLDPWD", "SHLVL", "_"));
        assertThat(environment).isEqualTo(expected);
    }

    @Test
    void it_answers_with_the_status_of_java() throws Exception {
        Checkout.script(checkout.jdk("jdk 25", "25").resolve("bin/java"), "#!/bin/sh\nexit 3\n");

        assertThat(checkout.bare("is-up", "cls")
                        .with(
                                "STEWARD_JAVA_HOME",
                                checkout.machine().resolve("jdk 25").toString())
                        .run()
                        .status())
                .isEqualTo(3);
    }

    @Test
    void a_package_needs_no_sources_and_no_maven() throws Exception {
        var folder = Files.createDirectory(checkout.machine().resolve("a package"));
        Files.copy(checkout.launcher(), folder.resolve("steward"));
        Files.writeString(folder.resolve("steward.jar"), "jar");
        Files.delete(checkout.tools().resolve("mvn"));

        var ended = checkout.launch("version")
                .as(folder.resolve("steward").toString())
                .run();

        assertThat(ended.status()).isZero();
        assertThat(ended.words())
                .containsSequence("-jar", folder.resolve("steward.jar").toString());
    }

    @Test
    void a_launcher_alone_says_what_it_misses() throws Exception {
        var folder = Files.createDirectory(checkout.machine().resolve("alone"));
        Files.copy(checkout.launcher(), folder.resolve("steward"));

        var ended = checkout.launch("version")
                .as(folder.resolve("steward").toString())
                .run();

        assertThat(ended.status()).isEqualTo(69);
        assertThat(ended.err()).contains(folder + " holds neither the sources (pom.xml) nor steward.jar");
    }
}
