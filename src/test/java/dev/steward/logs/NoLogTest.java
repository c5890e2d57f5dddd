package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has the name of a log and must not be touched. */
class NoLogTest {
    private static final String LINES = Workshop.lines(0, 200);

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
    }

    private void isLeftAlone(String why) {
        var outcome = shop.outcome(Workshop.FORCED);

        assertThat(outcome.result()).isEqualTo(Outcome.Result.LEFT_ALONE);
        assertThat(outcome.reason()).contains(why);
    }

    @Test
    void nothing_is_no_trouble() throws Exception {
        assertThat(shop.outcome(Workshop.FORCED).result()).isEqualTo(Outcome.Result.NOT_DUE);
        assertThat(shop.names()).isEmpty();
    }

    @Test
    void nor_is_a_folder_that_is_not_there() {
        shop = new Workshop(folder.resolve("no/such"));
        shop.user = 0;

        assertThat(shop.outcome(Workshop.FORCED).result()).isEqualTo(Outcome.Result.NOT_DUE);
    }

    @Test
    void a_folder() throws Exception {
        Files.createDirectory(shop.log);

        isLeftAlone("it is a folder");
    }

    @Test
    void a_symbolic_link() throws Exception {
        var target = Files.writeString(folder.resolve("target"), LINES);
        Files.createSymbolicLink(shop.log, target);

        isLeftAlone("it is a symbolic link");

        assertThat(Files.readString(target)).isEqualTo(LINES);
        assertThat(shop.names()).containsExactly("app.log", "target");
    }

    @Test
    void a_symbolic_link_that_leads_nowhere() throws Exception {
        Files.createSymbolicLink(shop.log, folder.resolve("nowhere"));

        isLeftAlone("it is a symbolic link");
    }

    @Test
    void a_fifo() throws Exception {
        run("mkfifo", shop.log.toString());

        isLeftAlone("it is no regular file");
    }

    @Test
    void a_socket() throws Exception {
        var near = Files.createTempDirectory("s");
        shop = new Workshop(near);
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(shop.log));

            isLeftAlone("it is no regular file");
        } finally {
            Workshop.remove(near);
        }
    }

    @Test
    void a_file_with_a_second_name() throws Exception {
        shop.append(LINES);
        Files.createLink(folder.resolve("other"), shop.log);

        isLeftAlone("hard links");

        assertThat(Files.readString(shop.log)).isEqualTo(LINES);
    }

    @Test
    void a_file_of_somebody_who_does_not_append() throws Exception {
        shop.append(LINES);
        shop.writer = Optional.of("java (pid 7)");

        isLeftAlone("java (pid 7) writes to it without appending");
    }

    @Test
    void a_file_with_a_hole() throws Exception {
        shop.append(LINES);
        try (var live = shop.files.update(shop.log)) {
            live.write(ByteBuffer.wrap(new byte[] {'x', '\n'}), 100_000);
        }
        var before = Files.readAllBytes(shop.log);

        isLeftAlone("it has a hole at byte");

        assertThat(Files.readAllBytes(shop.log)).isEqualTo(before);
    }

    @Test
    void a_file_in_a_folder_that_anybody_may_write_to() throws Exception {
        assumeTrue(shop.owner() == 0, "whom this is dangerous for");
        shop.append(LINES);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        isLeftAlone("others may write to its folder");

        Files.setAttribute(folder, "unix:mode", 01777);
        assertThat(shop.outcome(Workshop.FORCED).result()).isEqualTo(Outcome.Result.ROTATED);
    }

    @Test
    void a_file_behind_a_link_to_its_folder_is_one() throws Exception {
        shop.append(LINES);
        var link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("there")));
        shop = new Workshop(link);
        shop.append(LINES);

        assertThat(shop.outcome(Workshop.FORCED).result()).isEqualTo(Outcome.Result.ROTATED);
        assertThat(shop.streamWithoutBlanks()).isEqualTo(LINES);
    }

    @Test
    void a_file_that_nobody_may_change_is_reported_and_stays() throws Exception {
        shop.append(LINES);
        for (var right : new String[] {"i", "a"}) {
            assumeTrue(run("chattr", "+" + right, shop.log.toString()) == 0, "this user can set attributes here");
            try {
                var outcome = shop.outcome(Workshop.FORCED);

                assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
                assertThat(outcome.reason()).contains("app.log").contains("Steward needs to read and write");
                assertThat(Files.readString(shop.log)).isEqualTo(LINES);
                assertThat(shop.names()).containsExactly("app.log");
            } finally {
                run("chattr", "-" + right, shop.log.toString());
            }
        }
        assertThat(shop.outcome(Workshop.FORCED).result()).isEqualTo(Outcome.Result.ROTATED);
    }

    @Test
    void a_file_that_may_only_be_appended_to_from_some_moment_on_goes_on_later() throws Exception {
        shop.append(LINES);
        shop.meanwhile = () -> assumeTrue(run("chattr", "+a", shop.log.toString()) == 0, "attributes can be set here");
        try {
            assertThat(shop.outcome(Workshop.FORCED).result()).isEqualTo(Outcome.Result.FAILED);
        } finally {
            run("chattr", "-a", shop.log.toString());
        }
        shop.meanwhile = () -> {};
        shop.append("more\n");

        shop.rotate(Workshop.FORCED);

        assertThat(shop.streamWithoutBlanks()).isEqualTo(LINES + "more\n");
        assertThat(shop.names()).allMatch(name -> name.startsWith("app.log"));
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }
}
