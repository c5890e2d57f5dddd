package dev.steward.bus.remote;

import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Accepted;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever strangers send, the daemon goes on serving the others. */
class FuzzTest {
    private static final Limits LIMITS = new Limits(64, 3, 1 << 20, Duration.ofMillis(200), Duration.ofMillis(400));

    private static Path home = Path.of("");
    private static Optional<Daemon> served = Optional.empty();

    @BeforeContainer
    static void open() throws IOException {
        home = Files.createTempDirectory("bus-fuzz-");
        served = Optional.of(new Daemon(home, LIMITS));
    }

    @AfterContainer
    static void close() throws IOException {
        daemon().close();
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 150)
    void any_bytes(@ForAll byte[] some) throws Exception {
        try (var stranger = daemon().stranger()) {
            send(stranger, ByteBuffer.wrap(some));
        }
        serves();
    }

    @Property(tries = 150)
    void frames_of_any_bytes_after_the_greeting(@ForAll List<byte[]> messages) throws Exception {
        try (var stranger = daemon().greeted()) {
            var call = 0;
            for (var message : messages) {
                send(stranger, new Frame(++call, message).bytes());
            }
        }
        serves();
    }

    @Property(tries = 150)
    void frames_with_a_changed_byte_and_a_cut(@ForAll("requests") Request request, @ForAll long seed) throws Exception {
        var random = new Random(seed);
        var bytes = new Frame(1, RequestFormat.write(request)).bytes();
        bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt());
        bytes.limit(random.nextBoolean() ? bytes.limit() : random.nextInt(bytes.limit()));
        try (var stranger = daemon().greeted()) {
            send(stranger, bytes);
        }
        serves();
    }

    @Property(tries = 30)
    void frames_of_impossible_lengths(@ForAll int length) throws Exception {
        try (var stranger = daemon().greeted()) {
            send(stranger, ByteBuffer.allocate(8).putInt(length).putInt(1).flip());
            assertThat((length >= 4 && length <= Frame.LONGEST + 4) || Daemon.isEnded(stranger))
                    .isTrue();
        }
        serves();
    }

    private static Daemon daemon() {
        return served.orElseThrow();
    }

    private static void send(SocketChannel stranger, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                stranger.write(bytes);
            }
        } catch (IOException e) {
            assertThat(Daemon.isEnded(stranger)).as("only since it was cut off").isTrue();
        }
    }

    private static void serves() throws Exception {
        try (var client = daemon().client()) {
            assertThat(client.drop(order("WO-1", "CLC"))).isEqualTo(new Accepted.New("WO-1"));
        }
        Await.until("no stranger holds anything", () -> daemon().bus.open.get() == 0);
        daemon().bus.waiting.clear();
    }

    @Provide
    Arbitrary<Request> requests() {
        return Messages.requests();
    }
}
