package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
    private static final int ROUNDS = 40;
    private static final int OPENERS = 6;
    private static final List<List<String>> STEPS =
            List.of(List.of("CREATE TABLE word (text TEXT) STRICT"), List.of("CREATE INDEX by_text ON word (text)"));

    @TempDir
    Path home;

    @Test
    void all_who_open_a_new_one_at_once_can_write_to_it() throws Exception {
        try (var threads = Executors.newFixedThreadPool(OPENERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                Path path = home.resolve(round + ".db");
                var together = new CyclicBarrier(OPENERS);
                var openers = new ArrayList<Future<Integer>>();
                for (int i = 0; i < OPENERS; i++) {
                    openers.add(threads.submit(() -> {
                        together.await();
                        return write(path);
                    }));
                }
                int written = 0;
                for (var opener : openers) {
                    written += opener.get();
                }
                assertThat(written).isEqualTo(OPENERS);
            }
        }
    }

    private static int write(Path path) throws Exception {
        try (Connection connection = new SqliteFile(path, 0x53544557, STEPS).write();
                var statement = connection.createStatement()) {
            return statement.executeUpdate("INSERT INTO word VALUES ('one')");
        }
    }
}
