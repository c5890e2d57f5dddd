package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.Main;
import dev.steward.control.ControlServer;
import dev.steward.control.SocketPath;
import dev.steward.testing.FakeNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as somebody runs it, with a systemctl that only writes down what it is asked. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class InstallCommandTest {
    @TempDir
    Path folder;

    private Path home;
    private Path units;
    private Path journal;

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectory(folder.resolve("my agents"));
        Files.writeString(home.resolve("steward.yaml"), "agents: {web: {command: [/bin/sleep, '60']}}\n");
        units = folder.resolve("config/systemd/user");
        journal = folder.resolve("journal");
        var bin = Files.createDirectory(folder.resolve("bin"));
        script(bin.resolve("systemctl"), """
                #!/bin/sh
                echo "systemctl $*" >>'%s'
                case $* in *is-active*) cat '%s/state' 2>/dev/null || { echo inactive; exit 3; } ;; esac
                """.formatted(journal, folder));
        script(bin.resolve("loginctl"), "#!/bin/sh\necho no\n");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void install_and_uninstall_go_there_and_back() throws Exception {
        var installed = steward("install", "--user");
        assertThat(installed.status()).as(installed.err()).isZero();
        var unit = only();
        assertThat(unit.getFileName().toString()).startsWith("steward-my-agents-");
        assertThat(installed.err())
                .contains("wrote " + unit, "the daemon runs; ", "lingering is off", "loginctl enable-linger");
        assertThat(unit)
                .content()
                .contains("\"--home\" \"" + home + "\"", "\"PATH=" + folder.resolve("bin") + ":")
                .doesNotContain("hunter2");
        var name = unit.getFileName();
        assertThat(journal)
                .hasContent(String.join(
                        "\n",
                        "systemctl --user is-active " + name,
                        "systemctl --user enable " + name,
                        "systemctl --user daemon-reload",
                        "systemctl --user start " + name));

        var again = steward("install", "--user");
        assertThat(again.status()).isZero();
        assertThat(again.err()).contains(unit + " is as it should be");

        var removed = steward("uninstall", "--user");
        assertThat(removed.status()).as(removed.err()).isZero();
        assertThat(unit).doesNotExist();
        var nothing = steward("uninstall", "--user");
        assertThat(nothing.status()).isZero();
        assertThat(nothing.err()).contains("nothing is installed: there is no " + unit);
    }

    @Test
    void a_dry_run_prints_and_touches_nothing() throws Exception {
        var ran = steward("install", "--user", "--dry-run");
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith("# writes " + units)
                .contains("Type=notify", "ExecStart=", "systemctl --user enable steward-my-agents-");
        assertThat(steward("install", "--user", "--dry-run").out()).isEqualTo(ran.out());
        var back = steward("uninstall", "--user", "--dry-run");
        assertThat(back.out()).contains("# removes " + units);
        assertThat(back.err()).contains("nothing is installed: there is no " + units);
        assertThat(units).doesNotExist();
        assertThat(journal).doesNotExist();
    }

    @Test
    void somebody_elses_unit_is_replaced_by_force_alone() throws Exception {
        assertThat(steward("install", "--user").status()).isZero();
        var unit = only();
        Files.writeString(unit, "[Service]\nExecStart=/bin/true\n");
        for (var command : List.of("install", "uninstall")) {
            var refused = steward(command, "--user");
            assertThat(refused.status()).isEqualTo(73);
            assertThat(refused.err()).contains(unit + " was not written by steward install");
        }
        assertThat(unit).hasContent("[Service]\nExecStart=/bin/true");
        assertThat(steward("install", "--user", "--force").status()).isZero();
        assertThat(unit).content().contains("Type=notify");
    }

    @Test
    void what_the_daemon_would_refuse_at_boot_is_refused_now() throws Exception {
        Files.writeString(home.resolve("steward.yaml"), "agents: {web: {command: [no-such-program]}}\n");
        var refused = steward("install", "--user");
        assertThat(refused.status()).isEqualTo(78);
        assertThat(refused.err()).contains("no-such-program");
        assertThat(units).doesNotExist();
        Files.delete(home.resolve("steward.yaml"));
        assertThat(steward("install", "--user").status()).isEqualTo(78);
        Files.delete(home);
        var homeless = steward("install", "--user");
        assertThat(homeless.status()).isEqualTo(69);
        assertThat(homeless.err()).contains("there is no home " + home);
    }

    @Test
    void an_agent_that_needs_a_variable_of_this_shell_is_told_of() throws Exception {
        Files.writeString(
                home.resolve("steward.yaml"), "agents: {web: {command: [/bin/sleep], env: {X: '${env:TOKEN}'}}}\n");
        var ran = steward("install", "--user");
        assertThat(ran.status()).isZero();
        assertThat(ran.err())
                .contains("agent web could not be started at boot: ${env:TOKEN}: the variable is not set")
                .doesNotContain("hunter2");
    }

    @Test
    void a_daemon_that_was_started_by_hand_comes_first_and_one_under_the_unit_does_not_matter() throws Exception {
        var node = new FakeNode(home);
        var methods = node.methods();
        try (var server = ControlServer.listen(SocketPath.prepare(home))) {
            server.serve(methods);
            var refused = steward("install", "--user");
            assertThat(refused.status()).isEqualTo(75);
            assertThat(refused.err()).contains("pid 99", "steward down --keep-agents");
            assertThat(units).doesNotExist();
            Files.writeString(folder.resolve("state"), "active\n");
            assertThat(steward("install", "--user").status()).isZero();
        }
    }

    @Test
    void one_cannot_ask_for_both() throws Exception {
        assertThat(steward("install", "--user", "--system").status()).isEqualTo(64);
    }

    private Path only() throws IOException {
        try (var all = Files.list(units)) {
            return all.toList().getFirst();
        }
    }

    private Ran steward(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--home",
                home.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("STEWARD_"));
        environment.put("HOME", folder.toString());
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.put("TOKEN", "hunter2");
        environment.merge("PATH", folder.resolve("bin") + ":", (path, first) -> first + path);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = String.join("\n", process.errorReader().lines().toList());
        return new Ran(process.waitFor(), out, err);
    }
}
