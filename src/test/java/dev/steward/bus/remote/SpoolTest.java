package dev.steward.bus.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.BusSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path home;

    private Path folder;
    private Spool spool;
    private Body sound;

    @BeforeEach
    void fill() throws IOException {
        folder = Files.createDirectory(home.resolve("spool"));
        spool = new Spool(folder);
        sound = BusSamples.spooled(folder, "large", new byte[100]);
    }

    @Test
    void a_file_of_the_spool_that_is_as_the_order_says_can_be_a_body() {
        assertThatCode(() -> spool.keeps(sound)).doesNotThrowAnyException();
        assertThatCode(() -> spool.keeps(BusSamples.inline(new byte[3]))).doesNotThrowAnyException();
    }

    @Test
    void a_file_elsewhere_cannot() throws IOException {
        var elsewhere = Files.write(home.resolve("secret"), new byte[100]);
        refuses(elsewhere, 100, "does not lie in the node's spool");
        refuses(folder.resolve("../secret"), 100, "does not lie in the node's spool");
        refuses(folder.resolve(".."), 100, "does not lie in the node's spool");
        refuses(Path.of("large"), 100, "does not lie in the node's spool");
        var deeper = Files.createDirectory(folder.resolve("deeper"));
        refuses(Files.write(deeper.resolve("file"), new byte[100]), 100, "does not lie in the node's spool");
        refuses(deeper, Files.size(deeper), "is no regular file");
    }

    @Test
    void a_link_cannot() throws IOException {
        var secret = Files.write(home.resolve("secret"), new byte[100]);
        refuses(Files.createSymbolicLink(folder.resolve("link"), secret), 100, "is no regular file");
    }

    @Test
    void a_file_of_another_size_cannot() {
        refuses(folder.resolve("large"), 99, "has 100 bytes, and the order says 99");
    }

    @Test
    void of_one_that_is_not_there_the_bus_knows_more() throws BusException {
        spool.keeps(new Body(sound.sha256(), 100, new Body.Content.Spooled(folder.resolve("absent"))));
    }

    private void refuses(Path file, long size, String why) {
        var body = new Body(sound.sha256(), size, new Body.Content.Spooled(file));
        var refusal = catchThrowableOfType(BusException.class, () -> spool.keeps(body));
        assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refusal).hasMessageContaining(why).hasMessageContaining(file.toString());
    }
}
