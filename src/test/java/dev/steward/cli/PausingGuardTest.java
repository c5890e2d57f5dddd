package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.cli.Ran.Shell;
import dev.steward.daemon.Guard;
import dev.steward.daemon.Home;
import dev.steward.posix.FileLock;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A guard that paused was ended by an up that could start nothing, and nothing tried again. */
@Timeout(60)
class PausingGuardTest {
    @TempDir
    Path folder;

    private Home home;
    private Process guard;
    private FileLock lock;

    @BeforeEach
    void pause() throws IOException {
        folder = folder.toRealPath();
        home = new Home(folder);
        Files.createDirectories(home.run());
        // By its command line it is one.
        guard = new ProcessBuilder("/bin/sh", "-c", "sleep 100; :", "guard", folder.toString()).start();
        Files.writeString(home.guardPid(), guard.pid() + "\n");
        Files.writeString(home.guardNext(), "32503680000\n");
        lock = Posix.locksOnly().tryLock(home.guardLock()).orElseThrow();
    }

    @AfterEach
    void end() {
        guard.descendants().forEach(ProcessHandle::destroyForcibly);
        guard.destroyForcibly();
        lock.close();
    }

    @Test
    void it_goes_on_while_the_configuration_is_refused() throws IOException {
        Files.writeString(folder.resolve("steward.yaml"), "agents: {web: {comand: x}}\n");
        var ran = Shell.at(folder).run("up", "--detach");
        assertThat(ran.status()).isEqualTo(78);
        assertThat(ran.err())
                .contains("comand", "The guard goes on trying, next at ", "mend the file, then: steward up --detach");
        assertThat(guard.isAlive()).isTrue();
        assertThat(Guard.of(home)).isPresent();
    }

    @Test
    void it_gives_way_to_one_that_can_start_and_whoever_waits_is_told_for_what() throws Exception {
        Files.writeString(folder.resolve("steward.yaml"), "agents: {web: {command: [/bin/true]}}\n");
        var pauses = new AtomicInteger();
        var ran = Shell.at(folder)
                .pausing(_ -> {
                    if (pauses.incrementAndGet() == 3) {
                        throw new InterruptedException("somebody has enough of it");
                    }
                })
                .run("up", "--detach");
        assertThat(ran.err())
                .contains("there is a guard (pid " + guard.pid() + ") already: waiting until its daemon answers");
        assertThat(guard.waitFor()).isEqualTo(143);
    }
}
