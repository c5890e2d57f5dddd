package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.config.Configuration;
import dev.steward.config.DataSize;
import dev.steward.config.LogRules;
import dev.steward.config.Logs;
import dev.steward.config.WorkOrders;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeeperTest {
    private static final Wish ALL = new Wish(List.of(), false, true);

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final List<Outcome> heard = new CopyOnWriteArrayList<>();
    private volatile Supplier<Catalog> catalog = () -> {
        throw new IllegalStateException("not yet");
    };
    private Optional<Keeper> keeper = Optional.empty();
    private Workshop shop = new Workshop(Path.of("/nowhere"));

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
        catalog = this::catalog;
    }

    @AfterEach
    void close() {
        keeper.ifPresent(Keeper::close);
    }

    /** Of one log, the daemon's own. */
    private Catalog catalog() {
        var standard = Logs.standard().defaults();
        var due = new LogRules.Due(Optional.of(new DataSize(1_000)), Optional.empty());
        var rules = new LogRules(due, standard.keep(), false, standard.strategy(), Optional.empty());
        var paths = new Configuration.Paths(folder, folder.resolve("audit"), folder.resolve("inbox"));
        var logs = new Logs(rules, List.of());
        var configuration =
                new Configuration(folder.resolve("steward.yaml"), "n", paths, Map.of(), logs, WorkOrders.standard());
        return new Catalog(configuration, shop.log);
    }

    private Keeper keeper() {
        var rotations = new Rotations(shop.files, shop.around(), _ -> {}, InstantSource.system(), nanos::get);
        var listener = new Keeper.Listener() {
            @Override
            public void heard(Outcome outcome) {
                heard.add(outcome);
            }

            @Override
            public void keeps(Set<Path> logs) {
                assertThat(logs).containsExactly(shop.log);
            }
        };
        var begun = new Keeper(rotations, () -> catalog.get(), listener, nanos::get);
        keeper = Optional.of(begun);
        return begun;
    }

    private boolean wasRotated() {
        return heard.stream().anyMatch(outcome -> outcome.result() == Outcome.Result.ROTATED);
    }

    @Test
    void a_log_that_grows_above_its_limit_is_rotated_within_the_minute() throws Exception {
        shop.append("a line\n");
        keeper();
        Await.until("the first look at all", () -> !heard.isEmpty());
        assertThat(wasRotated()).isFalse();

        shop.append(Workshop.lines(0, 100));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        Await.until("its rotation", this::wasRotated);
        assertThat(shop.streamWithoutBlanks()).isEqualTo("a line\n" + Workshop.lines(0, 100));
    }

    @Test
    void an_error_in_one_look_is_told_and_the_looks_go_on() throws Exception {
        shop.append(Workshop.lines(0, 100));
        catalog = () -> {
            throw new StackOverflowError("on purpose");
        };
        var keeper = keeper();
        Await.until("what went wrong", () -> keeper.problem().isPresent());
        assertThat(keeper.problem().orElseThrow())
                .startsWith("logs are not rotated, by a fault in Steward: ")
                .contains("on purpose");

        catalog = this::catalog;
        Await.until("its rotation", this::wasRotated);
        Await.until("the end of the trouble", () -> keeper.problem().isEmpty());
    }

    @Test
    void what_is_wished_is_done_when_the_call_returns() throws Exception {
        shop.append("a line\n");
        var told = new CopyOnWriteArrayList<Outcome>();
        keeper().rotate(ALL, told::add);
        assertThat(told).extracting(Outcome::result).containsExactly(Outcome.Result.ROTATED);
        assertThat(heard).containsAll(told);
    }

    @Test
    void a_dry_run_is_nobody_elses_business() throws Exception {
        shop.append("a line\n");
        var told = new CopyOnWriteArrayList<Outcome>();
        keeper().rotate(Workshop.DRY, told::add);
        assertThat(told).extracting(Outcome::result).containsExactly(Outcome.Result.WOULD_ROTATE);
        assertThat(heard).doesNotContainAnyElementsOf(told);
    }

    @Test
    void a_keeper_that_has_ended_refuses_wishes() {
        var keeper = keeper();
        keeper.close();
        assertThatThrownBy(() -> keeper.rotate(ALL, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("the daemon ends, and rotates no more");
    }
}
