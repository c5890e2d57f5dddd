package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.posix.FileFacts;
import dev.steward.posix.Users;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RenewalTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    private Path folder;
    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Files.isDirectory(MEMORY), "a file system that cannot cut");
        folder = Files.createTempDirectory(MEMORY, "steward-renewal-");
        shop = new Workshop(folder);
    }

    @AfterEach
    void clear() throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void a_punched_log_begins_anew_with_nothing_lost_when_its_agent_starts() throws Exception {
        shop.append(Workshop.lines(0, 1_000));
        assertThat(shop.rotated().way()).isEqualTo(Outcome.Way.PUNCH);
        shop.append(Workshop.lines(1_000, 1_010) + "the last words of a killed agent");

        renew(shop.around());

        assertThat(shop.log).isEmptyFile();
        assertThat(new String(shop.stream(), StandardCharsets.US_ASCII))
                .isEqualTo(Workshop.lines(0, 1_010) + "the last words of a killed agent");
        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2");
    }

    @Test
    void a_punched_log_to_which_somebody_may_write_who_cannot_be_seen_is_not_truncated() throws Exception {
        shop.append(Workshop.lines(0, 1_000));
        shop.rotated();
        var size = Files.size(shop.log);

        renew(new Unclear(shop.around()));

        assertThat(shop.log).hasSize(size);
    }

    @Test
    void an_agent_does_not_wait_for_what_takes_long() throws Exception {
        shop.append(Workshop.lines(0, 1_000));
        shop.rotated();
        shop.append("x".repeat(4 << 20) + "\n");
        var size = Files.size(shop.log);

        renew(shop.around());

        assertThat(shop.log).hasSize(size);
        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
    }

    private void renew(Around around) throws Exception {
        new Rotator(shop.files, around, _ -> {}).renew(new Log(shop.log, shop.rules), shop.now.plusSeconds(1));
    }

    /** Nobody is seen to have a file open for writing, and not everybody could be seen. */
    private record Unclear(Around rest) implements Around {
        @Override
        public int user() {
            return rest.user();
        }

        @Override
        public <T> T as(int uid, Callable<T> work) throws Exception {
            return rest.as(uid, work);
        }

        @Override
        public <T> T as(String user, Callable<T> work) throws Exception {
            return rest.as(user, work);
        }

        @Override
        public <T, X extends Exception> T asItself(Users.Part<T, X> part) throws X {
            return rest.asItself(part);
        }

        @Override
        public Optional<String> whoWritesAnywhere(FileFacts file) {
            return rest.whoWritesAnywhere(file);
        }

        @Override
        public boolean isWritten(FileFacts file) {
            return false;
        }

        @Override
        public boolean isSurelyUnwritten(FileFacts file) {
            return false;
        }
    }
}
