package dev.steward.orders.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bus.OrderState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaceTest {
    @TempDir
    Path folder;

    @Test
    void it_rests_nine_times_as_long_as_it_worked() throws Exception {
        var now = new AtomicLong();
        var rests = new ArrayList<Duration>();
        var pace = new Pace(now::get, rests::add);
        pace.begin();

        for (var i = 0; i < 10; i++) {
            now.addAndGet(4_000_000);
            pace.step();
        }
        now.addAndGet(40_000_000);
        pace.step();
        now.addAndGet(1_000_000);
        pace.end(() -> now.addAndGet(2_000_000));

        assertThat(rests)
                .containsExactly(
                        Duration.ofMillis(180), Duration.ofMillis(180), Duration.ofMillis(360), Duration.ofMillis(27));
    }

    @Test
    void what_was_moved_and_deleted_is_on_disk_before_it_is_forgotten_whenever_it_ends() throws Exception {
        var cellar = new Cellar(folder);
        for (var i = 0; i < 30; i++) {
            cellar.lay("WO-" + i, OrderState.DONE, Duration.ofDays(40));
        }
        var rules = Cellar.rules(Duration.ofDays(1), 1000, Duration.ofDays(30));
        // Each step ends a moment's work, and after so many the process is as good as killed.
        for (var most = 0; most < 80; most++) {
            var now = new AtomicLong();
            var left = new AtomicLong(most);
            var pace = new Pace(() -> now.addAndGet(21_000_000), _ -> {
                if (left.decrementAndGet() < 0) {
                    throw new Pace.Closing();
                }
            });
            try {
                cellar.pass(rules, cellar.ledger, pace);
                break;
            } catch (Pace.Closing killed) {
                for (var i = 0; i < 30; i++) {
                    var id = "WO-" + i;
                    var somewhere = Files.exists(cellar.inboxes.resolve("CLC").resolve(id))
                            || Files.exists(cellar.archived("2025-09-20", id));
                    assertThat(cellar.knows(id) || !somewhere)
                            .as(id + " is known as long as it is there")
                            .isTrue();
                }
            }
        }

        assertThat(cellar.inboxes.resolve("CLC")).isEmptyDirectory();
        assertThat(cellar.inboxes.resolve(".archive").resolve("CLC")).isEmptyDirectory();
        for (var i = 0; i < 30; i++) {
            assertThat(cellar.knows("WO-" + i)).isFalse();
        }
    }

    @Test
    void a_pass_ends_at_its_next_step_when_the_archive_is_closed() throws Exception {
        var cellar = new Cellar(folder);
        cellar.lay("WO-1", OrderState.DONE, Duration.ofDays(40));
        var pace = new Pace(System::nanoTime, _ -> {
            throw new Pace.Closing();
        });

        assertThatThrownBy(() ->
                        cellar.pass(Cellar.rules(Duration.ofDays(1), 1, Duration.ofDays(30)), cellar.ledger, pace))
                .isInstanceOf(Pace.Closing.class);
    }
}
