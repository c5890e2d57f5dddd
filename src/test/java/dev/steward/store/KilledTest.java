package dev.steward.store;

import static dev.steward.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Child;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class KilledTest {
    @TempDir
    Path home;

    @RepeatedTest(3)
    void what_was_written_before_a_kill_is_there_after_it() throws Exception {
        Path file = home.resolve("state.db");
        int last = 0;
        try (Child child = Child.start(StoreChild.class, Samples.temporaryFolder(home), "go-on", file.toString())) {
            while (last < 100) {
                last = Integer.parseInt(child.line());
            }
            child.kill();
            List<String> rest = child.rest();
            last = rest.isEmpty() ? last : last + rest.size() - 1;
        }
        Store.Opened opened = Store.open(file, InstantSource.fixed(NOON));
        try (Store store = opened.store()) {
            assertThat(opened.corruptKeptAside()).isEmpty();
            List<TransitionRow> rows = store.transitionsAfter(0, 1_000_000);
            assertThat(rows).hasSizeGreaterThanOrEqualTo(last);
            assertThat(rows.getLast().seq()).isEqualTo(rows.size());
            assertThat(store.agents()).containsExactly(Samples.fullAgent("a"));
        }
    }
}
