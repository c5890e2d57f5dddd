package dev.steward.orders.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderState;
import dev.steward.bus.Site;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive on its own thread. */
@Timeout(60)
class ArchiveTest {
    private static final Duration LONG = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Cellar cellar;
    private Archive archive;

    @BeforeEach
    void begin() throws IOException {
        cellar = new Cellar(folder);
        archive = archive(new Archive.Rhythm(Duration.ZERO, LONG));
    }

    private Archive archive(Archive.Rhythm rhythm) {
        var site = new Site("here", cellar.inboxes, cellar.spool, 1000);
        return new Archive(cellar.ledger, site, () -> Cellar.NOW, System::nanoTime, rhythm);
    }

    @AfterEach
    void end() {
        archive.close();
    }

    @Test
    void other_rules_are_followed_at_once() throws Exception {
        var order = cellar.lay("WO-1", OrderState.DONE, Duration.ofHours(12));
        var other = cellar.lay("WO-2", OrderState.DONE, Duration.ofDays(2));
        archive.take(Cellar.rules(Duration.ofDays(1), 1000, Duration.ofDays(30)));
        Await.until("the other order is archived", () -> Files.notExists(other));
        assertThat(order).isDirectory();

        archive.take(Cellar.rules(Duration.ofHours(1), 1000, Duration.ofDays(30)));

        Await.until("the order is archived", () -> Files.notExists(order));
        assertThat(archive.problems()).isEmpty();
    }

    @Test
    void a_ledger_that_does_not_answer_is_told_of() throws Exception {
        cellar.ledger.fail(new BusException(BusException.Kind.UNUSABLE, "bus.db is damaged"));

        archive.take(Cellar.rules(Duration.ofDays(1), 1000, Duration.ofDays(30)));

        Await.until("a problem", () -> !archive.problems().isEmpty());
        assertThat(archive.problems()).containsExactly("orders cannot be archived: bus.db is damaged");
    }

    @Test
    void it_can_be_closed_before_it_began() {
        archive.close();
        archive.take(Cellar.rules(Duration.ofDays(1), 1000, Duration.ofDays(30)));

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("orders-archive"));
    }

    @Test
    void it_ends_while_it_waits() {
        archive = archive(new Archive.Rhythm(LONG, LONG));
        archive.take(Cellar.rules(Duration.ofDays(1), 1000, Duration.ofDays(30)));

        archive.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("orders-archive"));
    }
}
