package dev.steward.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.steward.platform.CannotInstall.Why;
import dev.steward.posix.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, run and said, on a machine whose init is a list of answers. */
class InstallationTest {
    private static final String NOT_BOOTED =
            "System has not been booted with systemd as init system (PID 1). Can't operate.";

    @TempDir
    Path root;

    private final FakeCommands commands = new FakeCommands();
    private final List<String> said = new ArrayList<>();
    private Path home;
    private Path unit;

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectories(root.resolve("home/ann/agents"));
        unit = root.resolve("home/ann/.config/systemd/user/steward.service");
        commands.answer("systemctl --user is-active", 3, "inactive");
    }

    private Installation on(Os os, Scope scope) throws CannotInstall {
        var host = new Host(os, 501, root, commands);
        var shell = Map.of("HOME", root.resolve("home/ann").toString());
        return Installation.of(host, scope, shell, Samples.user(Path.of("/opt/steward"), home), said::add);
    }

    private Installation systemd() throws CannotInstall {
        return on(Os.LINUX, Scope.USER);
    }

    @Test
    void the_unit_is_written_readable_for_all_and_systemd_starts_it() throws Exception {
        systemd().install();
        assertThat(unit).content().startsWith(SystemdUnit.MARK).contains(home.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unit)))
                .isEqualTo("rw-r--r--");
        assertThat(commands.asked)
                .containsExactly(
                        "systemctl --user is-active steward.service",
                        "systemctl --user enable steward.service",
                        "systemctl --user daemon-reload",
                        "systemctl --user start steward.service");
        assertThat(said).containsExactly("wrote " + unit);
        try (var left = Files.list(unit.resolveSibling(""))) {
            assertThat(left).containsExactly(unit);
        }
    }

    @Test
    void a_second_time_it_says_that_nothing_has_changed_and_leaves_the_file_alone() throws Exception {
        systemd().install();
        var longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(unit, longAgo);
        said.clear();
        systemd().checkFile("");
        systemd().install();
        assertThat(said).containsExactly(unit + " is as it should be");
        assertThat(Files.getLastModifiedTime(unit)).isEqualTo(longAgo);
    }

    @Test
    void a_daemon_that_runs_under_it_is_not_restarted_for_a_changed_unit() throws Exception {
        systemd().install();
        Files.writeString(unit, Files.readString(unit) + "# older\n");
        commands.answer("systemctl --user is-active", 0, "active").asked.clear();
        said.clear();
        systemd().checkFile("");
        systemd().install();
        assertThat(unit).content().doesNotContain("# older");
        assertThat(commands.asked).noneMatch(command -> command.contains("start"));
        assertThat(said.getLast()).contains("the daemon runs on", "systemctl --user restart steward.service");
    }

    @Test
    void what_somebody_else_wrote_is_left_alone() throws Exception {
        Files.createDirectories(unit.resolve(".."));
        for (var text : List.of("[Service]\nExecStart=/bin/true\n", "", "\u0000\ufffd")) {
            Files.writeString(unit, text);
            assertThatThrownBy(() -> systemd().checkFile("--force replaces it"))
                    .hasMessage(unit + " was not written by steward install, so it is left alone; --force replaces it")
                    .asInstanceOf(type(CannotInstall.class))
                    .returns(Why.CANNOT_CREATE, CannotInstall::why);
        }
    }

    @Test
    void the_unit_of_another_home_is_left_alone() throws Exception {
        systemd().install();
        home = Files.createDirectory(root.resolve("other"));
        assertThatThrownBy(() -> systemd().checkFile("")).hasMessageContaining("is of another home than " + home);
    }

    @Test
    void a_masked_unit_is_left_alone_and_what_its_link_leads_to_always() throws Exception {
        var target = Files.writeString(root.resolve("target"), "mine");
        Files.createDirectories(unit.resolveSibling(""));
        Files.createSymbolicLink(unit, target);
        assertThatThrownBy(() -> systemd().checkFile("")).hasMessageContaining("is a link");
        systemd().install();
        assertThat(target).hasContent("mine");
        assertThat(unit).isRegularFile();
        assertThat(Files.isSymbolicLink(unit)).isFalse();
    }

    @Test
    void where_systemd_does_not_run_it_says_what_was_not_done_and_what_to_run() throws Exception {
        commands.answer("systemctl --user is-active", 1, NOT_BOOTED)
                .answer("systemctl --user daemon-reload", 1, NOT_BOOTED);
        assertThatThrownBy(() -> systemd().install())
                .hasMessage(
                        "the daemon was not started, since systemctl --user daemon-reload ended with 1: " + NOT_BOOTED
                                + "\nWhen that is mended, run:\n  systemctl --user daemon-reload\n"
                                + "  systemctl --user start steward.service")
                .asInstanceOf(type(CannotInstall.class))
                .returns(Why.UNAVAILABLE, CannotInstall::why);
        assertThat(unit).exists();
        assertThat(said).containsExactly("wrote " + unit);
        assertThat(commands.asked.getLast()).endsWith("daemon-reload");
    }

    @Test
    void without_systemctl_nothing_is_written() throws Exception {
        commands.answer("systemctl", Commands.NOT_FOUND, "No such file or directory");
        assertThatThrownBy(() -> systemd().install()).hasMessageContaining("there is no systemctl here");
        assertThat(unit).doesNotExist();
    }

    @Test
    void uninstall_stops_disables_and_removes() throws Exception {
        systemd().install();
        commands.answer("systemctl --user is-active", 0, "active").asked.clear();
        systemd().uninstall();
        assertThat(unit).doesNotExist();
        assertThat(commands.asked)
                .containsExactly(
                        "systemctl --user is-active steward.service",
                        "systemctl --user stop steward.service",
                        "systemctl --user disable steward.service",
                        "systemctl --user daemon-reload");
        assertThat(said).contains("removed " + unit, "the daemon was told to stop its agents, and to end");
    }

    @Test
    void uninstall_of_nothing_says_so_and_asks_nobody() throws Exception {
        systemd().uninstall();
        assertThat(said).containsExactly("nothing is installed: there is no " + unit);
        assertThat(commands.asked).isEmpty();
    }

    @Test
    void uninstall_works_where_systemd_does_not_run() throws Exception {
        systemd().install();
        commands.answer("systemctl --user is-active", 1, NOT_BOOTED)
                .answer("systemctl --user stop", 1, NOT_BOOTED)
                .answer("systemctl --user daemon-reload", 1, NOT_BOOTED);
        systemd().uninstall();
        assertThat(unit).doesNotExist();
        assertThat(said).anyMatch(line -> line.contains("stop steward.service ended with 1: " + NOT_BOOTED));
    }

    @Test
    void a_unit_that_cannot_be_disabled_stays() throws Exception {
        systemd().install();
        commands.answer("systemctl --user disable", 1, "Failed to connect to bus");
        assertThatThrownBy(() -> systemd().uninstall())
                .hasMessageStartingWith(unit + " stays, since ")
                .hasMessageContaining("Failed to connect to bus")
                .hasMessageEndingWith("run it again");
        assertThat(unit).exists();
    }

    @Test
    void launchd_is_told_once_and_kicked_if_it_knows_the_daemon() throws Exception {
        var plist = root.resolve("home/ann/Library/LaunchAgents/dev.steward.plist");
        commands.answer("launchctl print", 113, "Could not find service");
        on(Os.MACOS, Scope.USER).install();
        assertThat(plist).content().contains(LaunchdPlist.MARK);
        assertThat(home.resolve("logs")).isDirectory();
        assertThat(commands.asked)
                .containsExactly(
                        "launchctl print gui/501/dev.steward",
                        "launchctl enable gui/501/dev.steward",
                        "launchctl bootstrap gui/501 " + plist);
        commands.answer("launchctl print", 0, "gui/501/dev.steward = {").asked.clear();
        on(Os.MACOS, Scope.USER).install();
        assertThat(commands.asked)
                .containsExactly("launchctl print gui/501/dev.steward", "launchctl kickstart gui/501/dev.steward");
    }

    @Test
    void launchd_may_need_a_while_to_stop_the_agents() throws Exception {
        on(Os.MACOS, Scope.SYSTEM).install();
        var plist = root.resolve("Library/LaunchDaemons/dev.steward.plist");
        assertThat(plist).exists();
        commands.answer("launchctl bootout", 36, "Boot-out failed: 36: Operation now in progress");
        on(Os.MACOS, Scope.SYSTEM).uninstall();
        assertThat(plist).doesNotExist();
        commands.answer("launchctl bootout", 5, "Input/output error");
        on(Os.MACOS, Scope.SYSTEM).install();
        assertThatThrownBy(() -> on(Os.MACOS, Scope.SYSTEM).uninstall()).hasMessageContaining("Input/output error");
        assertThat(plist).exists();
    }

    @Test
    void another_system_is_told_that_there_is_no_way() {
        assertThatThrownBy(() -> on(Os.OTHER, Scope.USER))
                .hasMessageContaining("neither systemd nor launchd")
                .asInstanceOf(type(CannotInstall.class))
                .returns(Why.UNAVAILABLE, CannotInstall::why);
    }

    @Test
    void a_path_that_can_stand_in_no_unit_is_refused_with_its_sign_shown() {
        home = Path.of("/srv/a\nExecStart=x");
        assertThatThrownBy(this::systemd)
                .hasMessageContaining("'/srv/a\\u000aExecStart=x' has a control character")
                .asInstanceOf(type(CannotInstall.class))
                .returns(Why.MISUSE, CannotInstall::why);
    }

    @Test
    void the_plans_tell_all_that_would_be_done_and_do_nothing() throws Exception {
        assertThat(systemd().installPlan())
                .startsWith("# writes " + unit + "\n" + SystemdUnit.MARK)
                .endsWith("""
                        # runs
                        systemctl --user enable steward.service
                        systemctl --user daemon-reload
                        systemctl --user start steward.service
                        """);
        assertThat(systemd().uninstallPlan()).isEqualTo("""
                # runs
                systemctl --user stop steward.service
                systemctl --user disable steward.service
                # removes %s
                # runs
                systemctl --user daemon-reload
                """.formatted(unit));
        assertThat(commands.asked).isEmpty();
        assertThat(unit.resolve("../../..")).doesNotExist();
    }
}
