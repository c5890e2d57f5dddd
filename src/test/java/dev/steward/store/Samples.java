package dev.steward.store;

import dev.steward.posix.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Rows for tests. */
final class Samples {
    static final Instant NOON = Instant.parse("2025-10-30T12:00:00.123456789Z");

    private Samples() {}

    /** Where a child to be killed may leave SQLite's library behind. */
    static List<String> temporaryFolder(Path folder) {
        return List.of("-Djava.io.tmpdir=" + folder);
    }

    static AgentRow agent(String name) {
        return new AgentRow(
                name, Optional.empty(), "stopped", "never started", Optional.empty(), "next", 0, 0, Optional.empty());
    }

    static AgentRow fullAgent(String name) {
        return new AgentRow(
                name,
                Optional.of(AgentRow.Asked.START),
                "up",
                "ready",
                Optional.of(new IncarnationRow("i-1", new Identity(4711, 8_812_345, "b00t"), NOON)),
                "i-2",
                3,
                1,
                Optional.of("exit status 1"));
    }

    static TransitionRow transition(String agent, int number) {
        return new TransitionRow(
                0,
                agent,
                "starting",
                "up",
                "number " + number,
                Optional.of("i-1"),
                OptionalLong.of(4711),
                NOON.plusNanos(number),
                number,
                "b00t");
    }

    static List<TransitionRow> transitions(String agent, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> transition(agent, i)).toList();
    }

    /** What came of a log that could be cut. */
    static RotationChange change(String path, RotationChange.Meaning meaning, long bytes, Instant at) {
        return new RotationChange(
                path,
                meaning,
                new RotationRow.Last(
                        "rotated",
                        Optional.of("cut"),
                        bytes,
                        Optional.of(path + ".1"),
                        at,
                        Duration.ofMillis(12),
                        false,
                        ""));
    }

    static Batch agents(AgentRow... rows) {
        return new Batch(List.of(rows), List.of(), List.of(), List.of());
    }

    static Batch of(List<TransitionRow> rows) {
        return new Batch(List.of(), List.of(), rows, List.of());
    }

    static Batch of(IncidentChange... changes) {
        return new Batch(List.of(), List.of(), List.of(), List.of(changes));
    }

    static List<String> reasons(List<TransitionRow> rows) {
        return rows.stream().map(TransitionRow::reason).toList();
    }
}
