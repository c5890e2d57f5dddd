package dev.steward.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptEnvironmentTest {
    @Test
    void path_locale_and_jdk_are_kept_and_nothing_else() {
        var shell = Map.ofEntries(
                Map.entry("PATH", "/home/ann/bin:/usr/bin"),
                Map.entry("LANG", "de_DE.UTF-8"),
                Map.entry("LC_TIME", "C"),
                Map.entry("JAVA_HOME", "/opt/jdk"),
                Map.entry("STEWARD_JAVA_HOME", "/opt/jdk-25"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "hunter2"),
                Map.entry("LC_SECRET2", "hunter2"),
                Map.entry("MY_PATH", "hunter2"),
                Map.entry("STEWARD_HOME", "/srv/a"),
                Map.entry("STEWARD_INCARNATION", "x"),
                Map.entry("NOTIFY_SOCKET", "/run/x"),
                Map.entry("LD_PRELOAD", "/tmp/x.so"));
        assertThat(KeptEnvironment.of(shell))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "PATH", "/home/ann/bin:/usr/bin",
                        "LANG", "de_DE.UTF-8",
                        "LC_TIME", "C",
                        "JAVA_HOME", "/opt/jdk",
                        "STEWARD_JAVA_HOME", "/opt/jdk-25",
                        "STEWARD_NO_BUILD", "1"));
    }

    @Test
    void what_depends_on_the_folder_one_is_in_is_left_out() {
        var kept = KeptEnvironment.of(Map.of("PATH", ".:/usr/bin::bin:/bin:/usr/bin:", "JAVA_HOME", "jdk", "LANG", ""));
        assertThat(kept).containsEntry("PATH", "/usr/bin:/bin").doesNotContainKeys("JAVA_HOME", "LANG");
    }

    @Test
    void what_can_stand_in_no_unit_is_left_out() {
        var kept = KeptEnvironment.of(Map.of("PATH", "/a\nb:/usr/bin", "LC_ALL", "C\nExecStart=/bin/x"));
        assertThat(kept).containsEntry("PATH", "/usr/bin").doesNotContainKey("LC_ALL");
    }

    @Test
    void without_a_path_there_is_the_usual_one() {
        assertThat(KeptEnvironment.of(Map.of()).get("PATH"))
                .startsWith("/usr/local/sbin:")
                .endsWith(":/bin");
    }
}
