package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/audit.md} against the sources: an event that is recorded and not explained proves little. */
class AuditDocTest {
    private static final Path MAIN = Path.of(System.getProperty("steward.basedir", "."), "src", "main", "java");

    /** What records, and what follows until its fields. */
    private static final Pattern RECORDING =
            Pattern.compile("\\b(?:owe|note|told|AuditEvent|Refusals)\\(([^;{}]*)", Pattern.DOTALL);

    private static final Pattern EVENT = Pattern.compile(
            "\"((?:agent|ack|audit|config|daemon|incident|log|orders?|records|result|store|wo)_[a-z_]+[a-z])\"");

    /** They are fields. */
    private static final Set<String> FIELDS = Set.of("wo_id");

    @Test
    void it_tells_of_every_event_that_is_recorded() throws IOException {
        var told = new TreeSet<String>();
        for (var row : Document.of("docs/audit.md").rows("## What is recorded")) {
            Pattern.compile("`([a-z_]+)`").matcher(row.getFirst()).results().forEach(match -> told.add(match.group(1)));
        }
        var recorded = new TreeSet<String>();
        try (var files = Files.walk(MAIN)) {
            for (var file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                RECORDING
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(call -> EVENT.matcher(call.group(1))
                                .results()
                                .map(match -> match.group(1))
                                .filter(name -> !FIELDS.contains(name))
                                .forEach(recorded::add));
            }
        }
        assertThat(recorded).hasSizeGreaterThan(20);
        assertThat(told).containsAll(recorded);
    }
}
