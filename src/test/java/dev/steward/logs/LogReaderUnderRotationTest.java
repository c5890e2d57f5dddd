package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.LogRules;
import dev.steward.config.LogRules.Strategy;
import dev.steward.logs.read.Selection;
import dev.steward.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer that does not wait, a rotator that does not either, one that compresses behind, and readers of all that. */
@Timeout(120)
class LogReaderUnderRotationTest {
    private static final int LINES = 150_000;
    /** The writer waits for the rotator at last, so that there are enough rotations on a slow disk. */
    private static final int AHEAD = 5_000;

    @TempDir
    Path folder;

    private final AtomicBoolean written = new AtomicBoolean();
    private final AtomicInteger rotations = new AtomicInteger();
    private final List<String> notes = new ArrayList<>();

    private LogReader reader(Path log) {
        return LogReader.of(log, new LogReader.Setting(InstantSource.system(), ZoneOffset.UTC, notes::add));
    }

    private void write(Path log) throws IOException {
        try (var channel =
                FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (var i = 0; i < LINES; i++) {
                while (i > (rotations.get() + 1) * AHEAD) {
                    Thread.onSpinWait();
                }
                var line = i + " " + "x".repeat(i % 150) + "\n";
                channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            }
        } finally {
            written.set(true);
        }
    }

    private void rotate(Workshop shop) throws IOException {
        var log = new Log(shop.log, shop.rules);
        var rotations = new Rotations(shop.files, shop.around(), _ -> {}, InstantSource.system(), System::nanoTime);
        while (!written.get()) {
            if (rotations.rotate(log, Workshop.WHEN_DUE).result() == Outcome.Result.ROTATED) {
                this.rotations.incrementAndGet();
            }
            for (var pressed = rotations.press(log); pressed.isPresent(); pressed = rotations.press(log)) {
                rotations.shelve(pressed.get());
            }
        }
    }

    private Workshop shop(boolean compress) {
        var shop = new Workshop(folder);
        var rules = Workshop.rules(20_000, 10_000, 10_000_000_000L, new Strategy.Cut());
        shop.rules = new LogRules(rules.due(), rules.keep(), compress, rules.strategy(), rules.user());
        return shop;
    }

    private static String all() {
        var all = new StringBuilder();
        for (var i = 0; i < LINES; i++) {
            all.append(i).append(' ').repeat('x', i % 150).append('\n');
        }
        return all.toString();
    }

    private void assertAll(String shown) {
        var expected = all();
        var mismatch = Arrays.mismatch(shown.toCharArray(), expected.toCharArray());
        assertThat(mismatch)
                .as(() -> "there is "
                        + shown.substring(Math.max(0, mismatch - 30), Math.min(shown.length(), mismatch + 30)))
                .isEqualTo(-1);
        assertThat(notes).isEmpty();
        assertThat(rotations).hasValueGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void who_reads_while_it_is_written_sees_every_line_once_and_in_order(boolean compress) throws Exception {
        var shop = shop(compress);
        var followed = new ByteArrayOutputStream();
        try (var threads = Executors.newFixedThreadPool(2);
                var follower = reader(shop.log)) {
            follower.show(new LogReader.Wish(OptionalLong.of(0), Selection.all()), followed);
            List<Future<?>> others = List.of(
                    threads.submit(() -> {
                        write(shop.log);
                        return null;
                    }),
                    threads.submit(() -> {
                        rotate(shop);
                        return null;
                    }));
            Await.until("the writer has ended", () -> {
                follower.more();
                assertLast(shop.log);
                return written.get();
            });
            for (var other : others) {
                other.get();
            }
            follower.more();
        }
        assertAll(followed.toString(StandardCharsets.UTF_8));
    }

    private void assertLast(Path log) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var reader = reader(log)) {
            reader.show(new LogReader.Wish(OptionalLong.of(3_000), Selection.all()), out);
        }
        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(3_000);
        for (var i = 1; i < lines.size(); i++) {
            assertThat(number(lines.get(i))).isEqualTo(number(lines.get(i - 1)) + 1);
        }
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(0, line.indexOf(' ')));
    }
}
