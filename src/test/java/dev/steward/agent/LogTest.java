package dev.steward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LogTest {
    private final Disk disk = new Disk();
    private final Log log = new Log(disk, InstantSource.fixed(Instant.parse("2025-10-30T05:49:11Z")), ZoneOffset.UTC);

    @Test
    void lines_for_which_there_is_no_room_are_counted_and_told_when_there_is() {
        log.ok("redis ping");
        disk.isFull = true;
        log.ok("redis ping");
        log.fail("redis ping: gone");
        disk.isFull = false;
        log.ok("redis ping");
        assertThat(disk.written.toString(StandardCharsets.UTF_8)).isEqualTo("""
                2025-10-30 05:49:11 [OK] redis ping

                2025-10-30 05:49:11 [WARN] 2 lines could not be written here
                2025-10-30 05:49:11 [OK] redis ping
                """);
    }

    /** One that can be full. */
    private static final class Disk extends OutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean isFull;

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (isFull) {
                throw new IOException("No space left on device");
            }
            written.write(bytes, from, length);
        }
    }
}
