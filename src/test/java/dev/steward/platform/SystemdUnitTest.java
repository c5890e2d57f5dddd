package dev.steward.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SystemdUnitTest {
    @TempDir
    Path folder;

    @Test
    void a_users_unit_says_all_that_the_daemon_needs() {
        var text = SystemdUnit.text(Samples.user(Path.of("/opt/steward/steward"), Path.of("/home/ann/my agents")));
        assertThat(text).isEqualTo("""
                # Written by steward install. Settings of your own: systemctl edit steward.service

                [Unit]
                Description=Steward's daemon (/home/ann/my agents)
                StartLimitIntervalSec=0

                [Service]
                Type=notify
                NotifyAccess=main
                Environment="LANG=C.UTF-8"
                Environment="PATH=/usr/bin:/bin"
                ExecStart="/opt/steward/steward" "--home" "/home/ann/my agents" \
                "--config" "/home/ann/my agents/steward.yaml" "daemon"
                ExecReload="/opt/steward/steward" "--home" "/home/ann/my agents" \
                "--config" "/home/ann/my agents/steward.yaml" "reload"
                Restart=always
                RestartSec=500ms
                RestartPreventExitStatus=0 64 77 78
                SuccessExitStatus=143
                TimeoutStartSec=2min
                TimeoutStopSec=5min
                WatchdogSec=30s
                WatchdogSignal=SIGKILL
                KillMode=process
                OOMPolicy=continue
                TasksMax=infinity
                LimitNOFILE=1024:524288

                [Install]
                WantedBy=default.target
                """);
    }

    @Test
    void the_machines_unit_names_the_user_and_waits_for_the_homes_file_system() {
        var text = SystemdUnit.text(Samples.system(Path.of("/opt/steward/steward"), Path.of("/srv/a%b")));
        assertThat(text)
                .contains(
                        "\nUser=root\n",
                        "\nAfter=network.target\n",
                        "\nRequiresMountsFor=\"/opt/steward/steward\" \"/srv/a%%b\" \"/srv/a%%b/steward.yaml\"\n",
                        "\nWantedBy=multi-user.target\n")
                .doesNotContain("default.target");
    }

    @Test
    void the_same_service_is_the_same_text() {
        var service = Samples.user(Path.of("/opt/steward"), Path.of("/home/a"));
        assertThat(SystemdUnit.text(service)).isEqualTo(SystemdUnit.text(service));
    }

    @Test
    void a_unit_is_known_as_that_of_its_home_alone() {
        var launcher = Path.of("/opt/steward");
        for (var one : Samples.ODD_NAMES) {
            var service = Samples.user(launcher, Path.of("/home", one));
            for (var other : Samples.ODD_NAMES) {
                var launch = Samples.user(launcher, Path.of("/home", other)).launch();
                assertThat(SystemdUnit.isOf(launch, SystemdUnit.text(service)))
                        .as(one + " is of " + other)
                        .isEqualTo(one.equals(other));
            }
        }
    }

    @Test
    void systemd_finds_no_fault_in_any_of_them() throws Exception {
        var units = new ArrayList<String>();
        for (var name : Samples.ODD_NAMES) {
            var launcher =
                    launcher(Files.createDirectories(folder.resolve("programs").resolve(name)));
            for (var service :
                    List.of(Samples.user(launcher, Path.of("/home", name)), Samples.system(launcher, launcher))) {
                var unit = folder.resolve("steward-" + units.size() + ".service");
                units.add(Files.writeString(unit, SystemdUnit.text(service)).toString());
            }
        }
        var words = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no", "--recursive-errors=no"));
        words.addAll(units);
        var verified = Programs.run(words.toArray(String[]::new));
        assertThat(verified.said()).isEmpty();
        assertThat(verified.status()).isZero();
    }

    @Test
    void systemd_does_find_faults_where_there_are_some() throws Exception {
        var launcher = launcher(folder);
        var text = SystemdUnit.text(Samples.user(launcher, folder)).replace("KillMode=process", "KillMode=gently");
        var unit = Files.writeString(folder.resolve("steward.service"), text);
        var verified = Programs.run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit.toString());
        assertThat(verified.said()).contains("Failed to parse kill mode specification");
    }

    private static Path launcher(Path folder) throws IOException {
        var launcher = Files.writeString(folder.resolve("steward"), "#!/bin/sh\n");
        return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
