package dev.steward.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherMavenTest {
    @TempDir
    Path temp;

    Checkout checkout;

    @BeforeEach
    void check_out_without_maven() throws Exception {
        checkout = Checkout.in(temp);
        Files.move(checkout.tools().resolve("mvn"), checkout.machine().resolve("mvn"));
    }

    private void user(int id) throws Exception {
        checkout.tool("id", "#!/bin/sh\necho " + id + "\n");
    }

    private void apt(String text) throws Exception {
        checkout.tool("apt-get", "#!/bin/sh\necho \"apt-get $*\" >>\"$JOURNAL\"\n" + text);
    }

    @Test
    void a_user_is_told_what_to_install() throws Exception {
        user(1000);
        apt("exit 0\n");

        var ended = checkout.launch("version").run();

        assertThat(ended.status()).isEqualTo(69);
        assertThat(ended.err()).contains("the build needs Maven (mvn)").contains("apt install maven");
        assertThat(checkout.journal("apt-get")).isEmpty();
    }

    @Test
    void root_gets_it_installed() throws Exception {
        user(0);
        apt("ln -s \"$PWD/mvn\" \"${0%/*}/mvn\"; echo noise\n");

        var ended = checkout.launch("version").run();

        assertThat(ended.status()).isZero();
        assertThat(ended.err())
                .startsWith("steward: installing maven (apt-get install maven) …\nsteward: building")
                .doesNotContain("noise");
    }

    @Test
    void the_package_list_is_renewed_only_when_the_installation_fails_without() throws Exception {
        user(0);
        apt("""
                case $1 in update) : >"$PWD/updated" ;; esac
                [ -e "$PWD/updated" ] || exit 100
                case $1 in install) ln -s "$PWD/mvn" "${0%/*}/mvn" ;; esac
                """);

        assertThat(checkout.launch("version").run().status()).isZero();
        assertThat(checkout.journal("apt-get")).hasSize(3);
    }

    @Test
    void a_failed_installation_shows_what_apt_said() throws Exception {
        user(0);
        apt("echo 'E: Unable to locate package maven'; exit 100\n");

        var ended = checkout.launch("version").run();

        assertThat(ended.status()).isEqualTo(69);
        assertThat(ended.err())
                .contains("E: Unable to locate package maven")
                .endsWith("steward: maven could not be installed, see above\n");
    }
}
