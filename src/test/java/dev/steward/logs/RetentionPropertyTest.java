package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.DataSize;
import dev.steward.config.LogRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetentionPropertyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Property
    void nothing_newer_goes_while_something_older_stays(
            @ForAll("shelves") List<Retention.Kept> all,
            @ForAll("rules") LogRules.Keep keep,
            @ForAll @IntRange(min = 0, max = 2) int more,
            @ForAll @IntRange(min = 0, max = 60) int others) {
        var surplus = Retention.surplus(all, keep, NOW, more, others);

        var archives = all.stream().map(Retention.Kept::archive).toList();
        assertThat(surplus.reversed()).isEqualTo(archives.subList(all.size() - surplus.size(), all.size()));
    }

    @Property
    void what_stays_is_within_count_and_total(
            @ForAll("shelves") List<Retention.Kept> all,
            @ForAll("rules") LogRules.Keep keep,
            @ForAll @IntRange(min = 0, max = 2) int more,
            @ForAll @IntRange(min = 0, max = 60) int others) {
        var surplus = Retention.surplus(all, keep, NOW, more, others);

        var stays = all.subList(0, all.size() - surplus.size());
        assertThat(stays).hasSizeLessThanOrEqualTo(Math.max(0, keep.count() - more));
        if (!stays.isEmpty()) {
            assertThat(others + stays.stream().mapToLong(Retention.Kept::bytes).sum())
                    .isLessThanOrEqualTo(keep.total().bytes());
            var oldest = stays.getLast();
            assertThat(keep.age().filter(age -> oldest.modified().plus(age).isBefore(NOW)))
                    .isEmpty();
        }
    }

    @Property
    void nothing_goes_without_a_reason(
            @ForAll("shelves") List<Retention.Kept> all, @ForAll("rules") LogRules.Keep keep) {
        var surplus = Retention.surplus(all, keep, NOW, 0, 0);

        if (!surplus.isEmpty()) {
            var gone = all.size() - surplus.size();
            var upToIt = all.subList(0, gone + 1);
            var tooMany = upToIt.size() > keep.count();
            var tooMuch = upToIt.stream().mapToLong(Retention.Kept::bytes).sum()
                    > keep.total().bytes();
            var old = keep.age()
                    .filter(age -> upToIt.getLast().modified().plus(age).isBefore(NOW));
            assertThat(tooMany || tooMuch || old.isPresent()).isTrue();
        }
    }

    @Test
    void an_archive_that_is_newer_than_a_young_one_stays_however_old_it_says_it_is() {
        var keep = new LogRules.Keep(7, Optional.of(Duration.ofDays(30)), new DataSize(1_000));
        var all = List.of(
                kept(1, NOW.minus(Duration.ofDays(365))), kept(2, NOW), kept(3, NOW.minus(Duration.ofDays(60))));

        assertThat(Retention.surplus(all, keep, NOW, 0, 0)).containsExactly(new Archive(3, false));
    }

    @Test
    void times_beyond_all_reason_are_borne() {
        var keep = new LogRules.Keep(7, Optional.of(Duration.ofDays(1_000_000_000_000L)), new DataSize(1_000));
        var all = List.of(kept(1, Instant.MAX), kept(2, Instant.MIN));

        assertThat(Retention.surplus(all, keep, NOW, 0, 0)).isEmpty();
    }

    private static Retention.Kept kept(int number, Instant modified) {
        return new Retention.Kept(new Archive(number, false), 10, modified);
    }

    @Provide
    Arbitrary<List<Retention.Kept>> shelves() {
        var one = Combinators.combine(
                        Arbitraries.longs().between(0, 40), Arbitraries.longs().between(-10, 50))
                .as((bytes, hours) ->
                        new Retention.Kept(new Archive(1, false), bytes, NOW.minus(Duration.ofHours(hours))));
        return one.list().ofMaxSize(12).map(all -> {
            var numbered = new ArrayList<Retention.Kept>();
            all.forEach(kept -> numbered.add(new Retention.Kept(
                    new Archive(numbered.size() + 1, numbered.size() % 2 == 0), kept.bytes(), kept.modified())));
            return numbered;
        });
    }

    @Provide
    Arbitrary<LogRules.Keep> rules() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.longs()
                                .between(1, 40)
                                .map(Duration::ofHours)
                                .optional(),
                        Arbitraries.longs().between(0, 200).map(DataSize::new))
                .as(LogRules.Keep::new);
    }
}
