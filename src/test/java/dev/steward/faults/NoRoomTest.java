package dev.steward.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.testing.Await;
import dev.steward.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full when agents start for the first time, so that neither record nor life file can tell of them. */
@EnabledOnOs(OS.LINUX)
class NoRoomTest {
    private static final List<String> AGENTS = List.of("hidden", "keeper", "wiper");

    @TempDir
    Path folder;

    @Test
    void those_that_hide_and_those_whose_leftovers_are_kept_run_once_nevertheless() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is here");
        try (var disk = SmallDisk.mount(folder, 8_192);
                var cast = new Cast(folder.toRealPath());
                var node = new LiveNode(disk.folder().toRealPath())) {
            node.configure("agents:\n"
                    + String.join(
                                    "\n",
                                    AGENTS.stream()
                                            .map(name -> cast.section(name, name, 0))
                                            .toList())
                            .replace("stop:", "autostart: false, stop:"));
            node.up();
            var filler = disk.fill();
            for (var name : AGENTS) {
                node.request("start", name);
                assertThat(node.state(name)).isEqualTo("up");
            }
            var pids = AGENTS.stream().map(node::pidOf).toList();
            node.kill();

            node.up();

            assertThat(AGENTS.stream().map(node::pidOf).toList()).isEqualTo(pids);
            assertThat(cast.second()).isEmpty();
            assertThat(node.problems()).isNotEmpty();

            Files.delete(filler);
            Await.until("all is recorded", () -> node.problems().isEmpty());
            AGENTS.forEach(name -> node.request("stop", name));
            for (var name : AGENTS) {
                assertThat(cast.mains(name)).isEmpty();
            }
        }
    }
}
