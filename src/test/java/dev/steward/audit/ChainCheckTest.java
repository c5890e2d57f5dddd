package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditVerifier.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** However long its stretches are, a check finds the same first fault: that which one stretch of all lines shows. */
class ChainCheckTest {
    private static final long ALL = 1 << 30;

    private Path home = Path.of("");
    private Path file = Path.of("");

    @BeforeTry
    void create() throws IOException {
        home = Files.createTempDirectory("check-");
        file = home.resolve("audit.jsonl");
    }

    @AfterTry
    void remove() throws IOException {
        Files.delete(file);
        Files.delete(home);
    }

    private Verdict check(long length) throws IOException {
        try (LineFile lines = LineFile.toRead(file)) {
            return new ChainCheck(lines, lines.newlineBefore(lines.size(), 1) + 1).verdict(length, Optional.empty());
        }
    }

    @Property(tries = 200)
    void a_sound_trail_is_sound_in_stretches_of_any_length(
            @ForAll @IntRange(max = 5) int old,
            @ForAll @IntRange(min = 1, max = 12) int records,
            @ForAll @IntRange(min = 1, max = 3_000) int length)
            throws Exception {
        Files.writeString(file, "{\"event\":\"old\"}\n".repeat(old));
        Head head = Trails.open(file).append(events(records, length));
        assertThat(check(length)).isEqualTo(new Verdict.Intact(records, old, head.hash(), Optional.empty()));
    }

    @Property(tries = 500)
    void what_was_done_to_it_is_found_at_the_same_line_in_stretches_of_any_length(
            @ForAll @IntRange(max = 3) int old,
            @ForAll @IntRange(min = 2, max = 12) int records,
            @ForAll @IntRange(min = 1, max = 3_000) int length,
            @ForAll Deed deed,
            @ForAll long seed)
            throws Exception {
        Files.writeString(file, "old\n".repeat(old));
        Trails.open(file).append(events(records, length));
        var lines = new ArrayList<>(Files.readAllLines(file));
        deed.to(lines, new Random(seed));
        Files.writeString(file, String.join("\n", lines) + "\n");
        assertThat(check(length)).isEqualTo(check(ALL));
    }

    /** Of several lengths: lines that a stretch begins and ends in, and some that are longer than it. */
    private static List<AuditEvent> events(int count, int length) {
        var events = new ArrayList<AuditEvent>();
        for (int i = 0; i < count; i++) {
            events.add(new AuditEvent("tried", Map.of("text", "x".repeat((i * 977 + length) % 2_000))));
        }
        return events;
    }

    /** What somebody may do to a trail. */
    enum Deed {
        CHANGE {
            @Override
            void to(List<String> lines, Random random) {
                int at = random.nextInt(lines.size());
                var line = new StringBuilder(lines.get(at));
                int place = random.nextInt(line.length());
                line.setCharAt(place, (char) ('0' + (line.charAt(place) + 1 + random.nextInt(70)) % 75));
                lines.set(at, line.toString());
            }
        },
        REMOVE {
            @Override
            void to(List<String> lines, Random random) {
                lines.remove(random.nextInt(lines.size() - 1));
            }
        },
        DOUBLE {
            @Override
            void to(List<String> lines, Random random) {
                int at = random.nextInt(lines.size());
                lines.add(at, lines.get(at));
            }
        },
        SWAP {
            @Override
            void to(List<String> lines, Random random) {
                int at = random.nextInt(lines.size() - 1);
                Collections.swap(lines, at, at + 1);
            }
        },
        INSERT {
            @Override
            void to(List<String> lines, Random random) {
                lines.add(
                        random.nextInt(lines.size()),
                        List.of("", "foreign", "{\"seq\":3}").get(random.nextInt(3)));
            }
        },
        /** The same record in another form of JSON: its own place is in order, and only the next one's hash is wrong. */
        SPACE {
            @Override
            void to(List<String> lines, Random random) {
                int at = random.nextInt(lines.size());
                lines.set(at, lines.get(at) + " ");
            }
        };

        abstract void to(List<String> lines, Random random);
    }
}
