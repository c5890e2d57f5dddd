package dev.steward.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherReadOnlyTest {
    @TempDir
    Path temp;

    Checkout checkout;

    @BeforeEach
    void check_out() throws Exception {
        checkout = Checkout.in(temp);
        // Another user has to get through to the checkout, and its scripts to their journal.
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(checkout.journal());
        Files.setPosixFilePermissions(checkout.journal(), PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    @AfterEach
    void allow_to_clean_up() throws IOException {
        permit("rwxr-xr-x");
    }

    private void permit(String rights) throws IOException {
        try (var all = Files.walk(checkout.root())) {
            for (Path folder : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
            }
        }
    }

    /** A run by somebody who may only read: root may write everywhere, so it takes the place of nobody. */
    private Launch.Ended run_as_reader() throws Exception {
        permit("r-xr-xr-x");
        var launch = checkout.launch("version").without("STEWARD_NO_AOT");
        if (System.getProperty("user.name").equals("root")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "root can become another user here");
            launch.through("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
        }
        return launch.run();
    }

    @Test
    void a_build_that_can_only_be_read_runs() throws Exception {
        checkout.launch("version").run();

        var ended = run_as_reader();

        assertThat(ended.status()).isZero();
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void sources_that_changed_since_are_spoken_of() throws Exception {
        checkout.launch("version").run();
        Files.writeString(checkout.source(), "class Main { }");

        var ended = run_as_reader();

        assertThat(ended.status()).isZero();
        assertThat(ended.err())
                .isEqualTo(
                        "steward: the sources changed, but " + checkout.output() + " can't be written: using the build "
                                + checkout.current().getFileName() + "\n");
    }

    @Test
    void without_a_build_it_says_where_one_is_to_be_made() throws Exception {
        var ended = run_as_reader();

        assertThat(ended.status()).isEqualTo(73);
        assertThat(ended.err())
                .contains(checkout.output() + " can't be written. Run " + checkout.launcher()
                        + " once as a user who may");
    }
}
