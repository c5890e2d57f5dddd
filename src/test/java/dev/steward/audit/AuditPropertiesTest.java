package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditVerifier.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever is recorded verifies, and whatever is changed is found. */
class AuditPropertiesTest {
    private static final String OLD = "{\"event\":\"old\"}\nolder\n";

    private Path home = Path.of("");
    private Path file = Path.of("");

    @BeforeTry
    void create() throws IOException {
        home = Files.createTempDirectory("chain-");
        file = home.resolve("audit.jsonl");
    }

    @AfterTry
    void remove() throws IOException {
        try (var files = Files.list(home)) {
            files.forEach(AuditPropertiesTest::delete);
        }
        Files.delete(home);
    }

    @Property(tries = 100)
    void any_sequence_of_appends_verifies(@ForAll @Size(max = 6) List<@Size(max = 5) List<String>> groups)
            throws Exception {
        long records = 0;
        AuditTrail trail = Trails.open(file);
        Head head = trail.append(List.of());
        for (List<String> group : groups) {
            List<AuditEvent> events = group.stream()
                    .map(text -> new AuditEvent("said", Map.of("text", text, text + "-", 1)))
                    .toList();
            head = trail.append(events);
            records += events.size();
            assertThat(AuditVerifier.verify(file))
                    .isEqualTo(new Verdict.Intact(records, 0, head.hash(), Optional.empty()));
        }
        assertThat(Trails.open(file).append(List.of())).isEqualTo(head);
    }

    @Property(tries = 600)
    void a_byte_changed_anywhere_is_found(
            @ForAll boolean withOldLines,
            @ForAll @IntRange(min = 1, max = 4) int records,
            @ForAll @IntRange(min = 0, max = 99_999) int place,
            @ForAll @IntRange(min = 1, max = 255) int flip)
            throws Exception {
        if (withOldLines) {
            Files.writeString(file, OLD);
        }
        Head head = Trails.write(file, records);
        byte[] bytes = Files.readAllBytes(file);
        int at = place % bytes.length;
        int lastLine = new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1).lastIndexOf('\n') + 1;
        // Without the newline between them, two records are one line that is none.
        int lost = bytes[at] == '\n' ? 2 : 1;
        bytes[at] ^= (byte) flip;
        Files.write(file, bytes);

        switch (AuditVerifier.verify(file)) {
            case Verdict.Broken broken -> assertThat(broken.reason()).isNotBlank();
            case Verdict.Unchained unchained -> assertThat(records).isLessThanOrEqualTo(lost);
            case Verdict.Intact intact -> {
                // Nothing vouches for the last line but the head that somebody kept.
                assertThat(at).isGreaterThanOrEqualTo(lastLine);
                assertThat(intact.headHash()).isNotEqualTo(head.hash());
            }
            case Verdict.Missing missing -> throw new AssertionError(missing);
        }
    }

    @Property(tries = 100)
    void a_chain_cut_off_at_any_byte_is_shorter_or_found(@ForAll @IntRange(min = 0, max = 99_999) int place)
            throws Exception {
        Head head = Trails.write(file, 4);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, place % bytes.length));
        assertThat(AuditVerifier.verify(file)).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.records()).isLessThan(4);
            assertThat(intact.headHash()).isNotEqualTo(head.hash());
        });
    }

    private static void delete(Path each) {
        try {
            Files.delete(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
