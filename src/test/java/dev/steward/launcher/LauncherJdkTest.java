package dev.steward.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherJdkTest {
    /** No machine that runs these tests has such a JDK in a usual folder. */
    private static final String LATER = "999.0.1";

    @TempDir
    Path temp;

    Checkout checkout;

    @BeforeEach
    void check_out() throws Exception {
        checkout = Checkout.in(temp);
    }

    private void need_a_later_jdk() throws Exception {
        checkout.patch("st_need=25\n", "st_need=999\n");
    }

    private Path on_path(String jdk, String version) throws Exception {
        var home = checkout.jdk(jdk, version);
        var alternatives = checkout.machine().resolve("alternative");
        Files.createSymbolicLink(alternatives, home.resolve("bin/java"));
        Files.createSymbolicLink(checkout.tools().resolve("java"), Path.of("../alternative"));
        return home;
    }

    @Test
    void steward_java_home_comes_before_java_home() throws Exception {
        var mine = checkout.jdk("mine", "25");

        var ended = checkout.bare("version")
                .with("STEWARD_JAVA_HOME", mine.toString())
                .with("JAVA_HOME", checkout.jdk("other", "26").toString())
                .run();

        assertThat(ended.out()).contains("java " + mine + "/bin/java\n");
    }

    @Test
    void java_home_comes_before_path() throws Exception {
        on_path("on path", "25");
        var mine = checkout.jdk("mine", "26-ea");

        var ended = checkout.bare("version").with("JAVA_HOME", mine.toString()).run();

        assertThat(ended.out()).contains("java " + mine + "/bin/java\n");
    }

    @Test
    void a_java_home_that_is_too_old_is_passed_over_for_the_java_on_path() throws Exception {
        var linked = on_path("on path", "25.0.1");

        var ended = checkout.bare("version")
                .with("JAVA_HOME", checkout.jdk("old", "1.8.0_402").toString())
                .run();

        assertThat(ended.out()).contains("java " + linked + "/bin/java\n");
    }

    @Test
    void it_never_starts_a_java_to_learn_its_version() throws Exception {
        on_path("on path", "17.0.2");
        var mine = checkout.userHome().resolve(".jdks/openjdk-999");
        checkout.jdkIn(mine, LATER);
        need_a_later_jdk();

        var ended = checkout.bare("version")
                .with("JAVA_HOME", checkout.jdk("old", "21").toString())
                .run();

        assertThat(ended.out()).contains("java " + mine + "/bin/java\n");
        assertThat(checkout.journal("java")).hasSize(1);
    }

    @Test
    void it_searches_the_usual_folders() throws Exception {
        var mine = checkout.userHome().resolve(".sdkman/candidates/java/999.0.1-tem");
        checkout.jdkIn(mine, LATER);
        need_a_later_jdk();

        var ended = checkout.bare("version").run();

        assertThat(ended.out()).contains("java " + mine + "/bin/java\n");
    }

    @Test
    void it_remembers_what_it_found_until_path_leads_elsewhere() throws Exception {
        var found = checkout.userHome().resolve(".jdks/a");
        checkout.jdkIn(found, LATER);
        need_a_later_jdk();
        checkout.bare("version").run();

        assertThat(checkout.output().resolve("jdk")).hasContent("\n" + found + "\n");
        assertThat(checkout.bare("version").run().out()).contains("java " + found);

        var linked = on_path("on path", LATER);
        assertThat(checkout.bare("version").run().out()).contains("java " + linked);
    }

    @Test
    void a_remembered_jdk_that_is_gone_is_searched_again() throws Exception {
        var first = checkout.userHome().resolve(".jdks/a");
        checkout.jdkIn(first, LATER);
        need_a_later_jdk();
        checkout.bare("version").run();

        var second = checkout.userHome().resolve(".jdks/b");
        checkout.jdkIn(second, LATER);
        Files.delete(first.resolve("bin/java"));

        assertThat(checkout.bare("version").run().out()).contains("java " + second);
    }

    @Test
    void a_wrong_steward_java_home_is_an_error_and_not_passed_over() throws Exception {
        on_path("on path", "25");

        var missing =
                checkout.bare("version").with("STEWARD_JAVA_HOME", "/no/such").run();
        assertThat(missing.status()).isEqualTo(78);
        assertThat(missing.err())
                .isEqualTo("steward: STEWARD_JAVA_HOME is not a JDK 25 or later: /no/such has no bin/java. "
                        + "Set it to one, or unset it to have one searched.\n");

        var old = checkout.jdk("old", "24.0.2");
        var tooOld = checkout.bare("version")
                .with("STEWARD_JAVA_HOME", old.toString())
                .run();
        assertThat(tooOld.status()).isEqualTo(78);
        assertThat(tooOld.err()).contains(old + " is Java 24.0.2");

        Files.delete(old.resolve("release"));
        var unknown = checkout.bare("version")
                .with("STEWARD_JAVA_HOME", old.toString())
                .run();
        assertThat(unknown.status()).isEqualTo(78);
        assertThat(unknown.err()).contains(old + " has no file 'release' that tells its version");
    }

    @Test
    void without_a_jdk_it_says_what_it_looked_at_and_what_to_install() throws Exception {
        var linked = on_path("on path", "17.0.2");
        need_a_later_jdk();

        var ended = checkout.bare("version").with("JAVA_HOME", "/no/such").run();

        assertThat(ended.status()).isEqualTo(69);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("no JDK 999 or later was found")
                .contains("STEWARD_JAVA_HOME: not set")
                .contains("JAVA_HOME: /no/such has no bin/java")
                .contains("PATH: " + linked + " is Java 17.0.2")
                .contains("/usr/lib/jvm")
                .contains("apt install openjdk-25-jdk-headless")
                .contains("brew install openjdk");
    }

    @Test
    void a_runtime_without_a_compiler_runs_a_build_but_makes_none() throws Exception {
        checkout.launch("version").run();
        var runtime = checkout.jdk("runtime", "25");
        Files.delete(runtime.resolve("bin/javac"));
        var launch = checkout.bare("version").with("STEWARD_JAVA_HOME", runtime.toString());

        assertThat(launch.run().out()).contains("java " + runtime);

        Files.writeString(checkout.source(), "class Main { }");
        assertThat(launch.run().err()).contains(runtime + " is Java 25 without a compiler (bin/javac)");
    }

    @Test
    void it_tells_which_jdk_a_build_uses() throws Exception {
        var mine = checkout.jdk("mine", "25");

        var ended =
                checkout.bare("--java-home").with("JAVA_HOME", mine.toString()).run();

        assertThat(ended.out()).isEqualTo(mine + "\n");
        assertThat(checkout.journal("")).isEmpty();
    }
}
