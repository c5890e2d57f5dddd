package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditVerifier.Verdict;
import dev.steward.testing.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes append to one trail at once, and are killed at random moments: there is no gap and no fork, and what was said to be
 * recorded is there. {@code -Dsteward.seed} repeats the moments, as far as the machine's timing lets it; {@code -Dsteward.rounds} says
 * how many kills.
 */
@Timeout(600)
class AppendersTest {
    private static final int ROUNDS = Integer.getInteger("steward.rounds", 20);
    private static final int MANY = 200;
    private static final long LATEST_KILL_NANOS = 60_000_000;

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("audit.jsonl");
    }

    private Child child(String name, int threads, int times) throws IOException {
        return Child.start(
                AppendingChild.class,
                List.of("-Xshare:auto"),
                file.toString(),
                name,
                Integer.toString(threads),
                Integer.toString(times));
    }

    @Test
    void processes_that_append_at_once_make_one_chain_without_gap_or_fork() throws Exception {
        var said = new ArrayList<String>();
        try (var first = child("a", 2, 100);
                var second = child("b", 3, 100);
                var third = child("c", 1, 100)) {
            for (var child : List.of(first, second, third)) {
                said.addAll(child.rest());
                assertThat(child.await()).isZero();
            }
        }
        said.removeIf("ready"::equals);
        assertThat(said).hasSize(600).doesNotHaveDuplicates();
        assertRecorded(said);
        assertThat(intact().tornTail()).isEmpty();
        assertThat(file).content().doesNotContain("audit_repaired", "audit_shortened", "audit_replaced");
    }

    @Test
    void a_killed_process_breaks_no_chain_and_loses_nothing_that_it_called_recorded() throws Exception {
        kill(ROUNDS);
    }

    @Test
    @Tag("long")
    void nor_do_two_hundred_killed_ones() throws Exception {
        kill(MANY);
    }

    private void kill(int rounds) throws Exception {
        long seed = Long.getLong("steward.seed", RandomGenerator.getDefault().nextLong());
        try {
            kill(rounds, new Random(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("with -Dsteward.seed=" + seed, e);
        }
    }

    /** Another process appends all the while. */
    private void kill(int rounds, Random random) throws Exception {
        try (var bystander = child("bystander", 1, 0)) {
            var heard = new ArrayList<String>();
            var listener = Thread.ofPlatform().start(() -> heard.addAll(bystander.rest()));
            for (int round = 0; round < rounds; round++) {
                var said = new ArrayList<String>();
                try (var victim = child("victim" + round, 3, 0)) {
                    assertThat(victim.line()).isEqualTo("ready");
                    LockSupport.parkNanos((long) (LATEST_KILL_NANOS * random.nextDouble()));
                    victim.kill();
                    said.addAll(victim.rest());
                }
                // Cut off in the middle of a word, it says nothing.
                said.removeIf(line -> !line.matches("\\d+ victim\\d+-\\d+-\\d+"));
                intact();
                assertRecorded(said.isEmpty() ? said : said.subList(0, said.size() - 1));
            }
            Files.createFile(home.resolve("stop"));
            assertThat(bystander.await()).isZero();
            listener.join();
            heard.remove("ready");
            assertThat(heard).hasSizeGreaterThan(rounds);
            assertRecorded(heard);
        }
        AppendingChild.trail(file).append(List.of());
        assertThat(intact().tornTail()).isEmpty();
    }

    private Verdict.Intact intact() throws AuditException {
        var verdict = AuditVerifier.verify(file);
        assertThat(verdict).isInstanceOf(Verdict.Intact.class);
        return (Verdict.Intact) verdict;
    }

    /** Each said number is that of the record with the said label. */
    private void assertRecorded(List<String> said) throws IOException {
        var lines = Files.readAllLines(file);
        for (var each : said) {
            int space = each.indexOf(' ');
            long seq = Long.parseLong(each.substring(0, space));
            assertThat(lines.get((int) seq - 1))
                    .startsWith("{\"seq\":" + seq + ",")
                    .contains("\"label\":\"" + each.substring(space + 1) + "\"");
        }
    }
}
