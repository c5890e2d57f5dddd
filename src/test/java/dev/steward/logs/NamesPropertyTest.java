package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The names of archives, and of those that are being made. */
class NamesPropertyTest {
    @Property
    void a_record_is_read_as_it_was_written(@ForAll("records") CutRecord record, @ForAll("logs") String log) {
        assertThat(CutRecord.in(record.nameFor(log), log)).contains(record);
    }

    @Property
    void the_record_of_another_log_is_none_of_this_one(
            @ForAll("records") CutRecord record, @ForAll("logs") String log, @ForAll("logs") String other) {
        var found = CutRecord.in(record.nameFor(other), log);

        if (log.equals(other)) {
            assertThat(found).contains(record);
        } else {
            assertThat(found).isEmpty();
        }
    }

    @Property
    void whatever_is_read_as_a_record_is_written_so(@ForAll("nearly") String file) {
        CutRecord.in(file, "app.log")
                .ifPresent(record -> assertThat(record.nameFor("app.log")).isEqualTo(file));
    }

    @Property
    void an_archive_is_read_as_it_was_written(
            @ForAll @IntRange(min = 1, max = 999_999_999) int number,
            @ForAll boolean compressed,
            @ForAll("logs") String log) {
        var archive = new Archive(number, compressed);

        assertThat(Archive.in(archive.nameFor(log), log)).contains(archive);
        assertThat(CutRecord.in(archive.nameFor(log), log)).isEmpty();
    }

    @Property
    void the_next_number_is_free_and_nothing_is_ever_replaced_wherever_it_is_interrupted(
            @ForAll("archives") Set<Archive> there, @ForAll @IntRange(min = 0, max = 20) int interrupted) {
        var shelf = new ArrayList<>(there);
        shift(shelf, interrupted);
        shift(shelf, Integer.MAX_VALUE);

        assertThat(shelf).hasSameSizeAs(there).noneMatch(archive -> archive.number() == 1);
        // Each kept its place among the others.
        assertThat(new Archives(shelf).newestFirst().stream().map(Archive::compressed))
                .containsExactlyElementsOf(new Archives(List.copyOf(there))
                        .newestFirst().stream().map(Archive::compressed).toList());
    }

    private static void shift(List<Archive> shelf, int most) {
        new Archives(shelf).shifts().stream().limit(most).forEach(shift -> {
            assertThat(shelf).contains(shift.from()).doesNotContain(shift.to());
            shelf.set(shelf.indexOf(shift.from()), shift.to());
        });
    }

    @Property
    void what_lies_beyond_a_gap_is_not_moved(@ForAll("archives") Set<Archive> there) {
        var gap = 1;
        while (there.contains(new Archive(gap, true)) || there.contains(new Archive(gap, false))) {
            gap++;
        }
        var first = gap;
        assertThat(new Archives(List.copyOf(there)).shifts())
                .allMatch(shift -> shift.from().number() < first);
    }

    @Test
    void no_other_file_is_an_archive() {
        for (var name : List.of(
                "app.log",
                "app.log.",
                "app.log.0",
                "app.log.01",
                "app.log.1.gz.gz",
                "app.log.1.bz2",
                "app.log-1",
                "app.log.-1",
                "app.log.1 ",
                "app.log.1\n",
                "app.log.1000000000",
                ".app.log.1",
                "app.logs.1",
                "app.log.1.2",
                "app.log.one",
                "app.log.1.GZ",
                "app.log.１")) {
            assertThat(Archive.in(name, "app.log")).as(name).isEmpty();
        }
    }

    @Test
    void a_file_that_only_looks_like_a_record_is_none() {
        for (var name : List.of(
                ".app.log.cut-open-1-2-0-0",
                ".app.log.cut-open-1-2-0-0-0-0",
                ".app.log.cut-shut-1-2-0-0-0",
                ".app.log.cut-open-1-2-1-0-0",
                ".app.log.cut-punch-1-2-A-B-1",
                ".app.log.cut-pad-1-2-1-1-1",
                ".app.log.cut-pad-1-2-01-0-1",
                ".app.log.cut-open-zzzzzzzzzzzzz-2-0-0-0",
                ".app.log.cut-open-1-2-0-0-0\n",
                ".app.log.cut-trial",
                ".app.log.cut-renamed",
                "app.log.cut-open-1-2-0-0-0",
                ".app.log.cut-open-1-2--1-0-0")) {
            assertThat(CutRecord.in(name, "app.log")).as(name).isEmpty();
        }
    }

    @Provide
    Arbitrary<String> logs() {
        var odd = Arbitraries.of(
                "app.log",
                "app.log.2",
                "app.log.cut-x",
                ".app.log",
                ".app.log.cut-open-1-2-0-0-0",
                "app.log.1",
                "app.log.cut-",
                "a b.log",
                "new\nline.log",
                "100%.log",
                "-",
                "$(x)",
                "ä.log",
                "*.log",
                "app");
        var any = Arbitraries.strings().excludeChars('/', '\0').ofMinLength(1).ofMaxLength(40);
        return Arbitraries.oneOf(odd, any);
    }

    @Provide
    Arbitrary<CutRecord> records() {
        var offset = Arbitraries.longs().greaterOrEqual(0);
        var id = Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(FileId::new);
        Arbitrary<Step> step = Combinators.combine(Arbitraries.integers().between(0, 5), offset, offset)
                .as((kind, one, other) -> switch (kind) {
                    case 0 -> new Step.Open();
                    case 1 -> new Step.Punch(one, other);
                    case 2 -> new Step.Collapse(one, other);
                    case 3 -> new Step.Pad(one);
                    case 4 -> new Step.Hole(one);
                    default -> new Step.Truncate(one);
                });
        return Combinators.combine(id, step, offset).as(CutRecord::new);
    }

    @Provide
    Arbitrary<String> nearly() {
        var number = Arbitraries.strings().withChars("01aAz_-").ofMaxLength(14);
        return number.list()
                .ofMinSize(4)
                .ofMaxSize(6)
                .flatMap(numbers -> Arbitraries.of("open", "punch", "pad", "x")
                        .map(word -> ".app.log.cut-" + word + "-" + String.join("-", numbers)));
    }

    @Provide
    Arbitrary<Set<Archive>> archives() {
        return Combinators.combine(Arbitraries.integers().between(1, 9), Arbitraries.of(true, false))
                .as(Archive::new)
                .set();
    }
}
