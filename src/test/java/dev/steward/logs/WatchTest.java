package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.LogRules.Strategy;
import dev.steward.posix.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    @TempDir
    Path folder;

    private final Told changes = new Told();
    private final Watch watch = new Watch(() -> this.now, changes);
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
    private Log log = log("app.log");

    /** Tells of what a test says has changed. */
    private static final class Told implements Changes {
        private final Set<Path> armed = new HashSet<>();
        private final Set<Path> changed = new HashSet<>();
        private boolean works = true;

        @Override
        public boolean arm(Path file) {
            return works && armed.add(file);
        }

        @Override
        public void disarm(Path file) {
            armed.remove(file);
        }

        @Override
        public Set<Path> await(Duration most) {
            var told = Set.copyOf(changed);
            changed.clear();
            armed.removeAll(told);
            return told;
        }

        @Override
        public void wake() {}

        @Override
        public void close() {}
    }

    private Log log(String name) {
        return new Log(Path.of("/nowhere").resolve(name), Workshop.rules(1_000, 7, 1_000_000, new Strategy.Cut()));
    }

    @BeforeEach
    void place() throws IOException {
        log = new Log(folder.resolve("app.log"), log.rules());
        grow(1_001);
    }

    private void grow(int size) throws IOException {
        Files.write(log.path(), new byte[size]);
    }

    private void passes(String duration) {
        now += Duration.parse(duration).toNanos();
    }

    private void rests() {
        watch.isLarge(log);
        passes("PT10S");
        watch.isLarge(log);
        passes("PT1S");
        watch.isLarge(log);
        assertThat(changes.armed).containsExactly(log.path());
    }

    @Test
    void a_log_above_its_limit_is_large_at_the_next_look_and_one_that_is_missing_is_not() throws Exception {
        assertThat(watch.isLarge(log)).isTrue();
        assertThat(watch.isLarge(log)).isFalse();
        passes("PT0.25S");
        assertThat(watch.isLarge(log)).isTrue();
        Files.delete(log.path());
        passes("PT0.25S");
        assertThat(watch.isLarge(log)).isFalse();
    }

    @Test
    void a_resting_log_is_not_looked_at_until_the_kernel_tells_of_a_change() {
        rests();
        passes("PT1H");
        assertThat(watch.isLarge(log)).isFalse();

        changes.changed.add(log.path());
        watch.wakeUp();
        assertThat(watch.isLarge(log)).isTrue();
    }

    @Test
    void a_resting_log_of_which_nothing_can_be_heard_is_looked_at_every_second() {
        changes.works = false;
        watch.isLarge(log);
        passes("PT10S");
        watch.isLarge(log);
        passes("PT1S");
        assertThat(watch.isLarge(log)).isTrue();
    }

    @Test
    void a_resting_log_that_is_in_trouble_is_tried_again_without_a_change() {
        rests();
        watch.troubled(log);
        assertThat(changes.armed).isEmpty();
        passes("PT5S");
        assertThat(watch.isLarge(log)).isTrue();
    }

    @Test
    void what_was_not_due_is_large_again_only_when_it_has_grown() throws Exception {
        assertThat(watch.isLarge(log)).isTrue();
        watch.notDue(log);
        passes("PT1S");
        assertThat(watch.isLarge(log)).isFalse();
        grow(1_100);
        passes("PT1S");
        assertThat(watch.isLarge(log)).isTrue();
    }

    @Test
    void logs_that_are_kept_no_more_are_forgotten() {
        rests();
        watch.keep(Set.of());
        assertThat(changes.armed).isEmpty();
        assertThat(watch.isLarge(log)).isTrue();
    }
}
