package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Signal;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
    /** What a process notices: a change of it takes a new process. */
    private static final Set<String> NOTICED = Set.of(
            "command", "directory", "env", "envFile", "log", "umask", "nice", "limits", "leftovers", "heartbeat");

    /** What the daemon alone follows: a change of it holds at once, for the process that there is. */
    private static final Set<String> RULES = Set.of(
            "name",
            "label",
            "description",
            "autostart",
            "keepAlive",
            "successExitCodes",
            "ready",
            "stop",
            "backoff",
            "failures",
            "restarts",
            "needs",
            "critical");

    private static AgentConfig one() {
        return new AgentConfig(
                "cls",
                "cls",
                "",
                new Command.Exec(List.of(new Text("/bin/sleep"), new Text("1"))),
                Path.of("/srv"),
                Map.of("A", new Text("1")),
                Optional.empty(),
                true,
                KeepAlive.ALWAYS,
                Set.of(0),
                new Ready.After(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                new Stop(Signal.TERM, Duration.ofSeconds(10)),
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(60)),
                new Budget(5, Duration.ofSeconds(60)),
                new Budget(30, Duration.ofSeconds(60)),
                Leftovers.KILL,
                List.of(),
                Path.of("/srv/cls.log"),
                Optional.empty(),
                OptionalInt.empty(),
                Map.of(),
                false,
                Optional.empty());
    }

    private static AgentConfig unlikeItInEverything() {
        return new AgentConfig(
                "clc",
                "other",
                "another",
                new Command.Exec(List.of(new Text("/bin/sleep"), new Text("2"))),
                Path.of("/srv/sub"),
                Map.of("A", new Text("2")),
                Optional.of(Path.of("/srv/a.env")),
                false,
                KeepAlive.NEVER,
                Set.of(0, 3),
                new Ready.After(Duration.ofSeconds(2), Duration.ofSeconds(30)),
                new Stop(Signal.INT, Duration.ofSeconds(10)),
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(60)),
                new Budget(6, Duration.ofSeconds(60)),
                new Budget(31, Duration.ofSeconds(60)),
                Leftovers.KEEP,
                List.of(new Need("db", Need.Condition.READY)),
                Path.of("/srv/other.log"),
                Optional.of("022"),
                OptionalInt.of(5),
                Map.of(ResourceLimit.NOFILE, "64"),
                true,
                Optional.of(beats(new Via.Written(Path.of("/srv/hb.json")), 10)));
    }

    private static Heartbeat beats(Via via, int every) {
        var interval = Duration.ofSeconds(every);
        return new Heartbeat(via, interval, interval.multipliedBy(3), Heartbeat.OnStale.RESTART);
    }

    /** The first with some components replaced. */
    private static AgentConfig with(Map<String, Object> replaced) throws ReflectiveOperationException {
        var types = new ArrayList<Class<?>>();
        var values = new ArrayList<Object>();
        for (var component : AgentConfig.class.getRecordComponents()) {
            types.add(component.getType());
            values.add(replaced.getOrDefault(component.getName(), valueOf(component, one())));
        }
        return AgentConfig.class
                .getDeclaredConstructor(types.toArray(Class[]::new))
                .newInstance(values.toArray());
    }

    private static String printWith(String component, Object value) throws ReflectiveOperationException {
        return with(Map.of(component, value)).fingerprint();
    }

    private static Object valueOf(RecordComponent component, AgentConfig agent) throws ReflectiveOperationException {
        return component.getAccessor().invoke(agent);
    }

    /** A new key of an agent is declared above as the one or the other, or this fails. */
    @Test
    void every_component_is_what_a_process_notices_or_a_rule() {
        var components = Stream.of(AgentConfig.class.getRecordComponents()).map(RecordComponent::getName);

        assertThat(Collections.disjoint(NOTICED, RULES)).isTrue();
        var declared = new LinkedHashSet<>(NOTICED);
        declared.addAll(RULES);
        assertThat(components).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void it_changes_with_what_a_process_notices_and_with_nothing_else() throws Exception {
        for (var component : AgentConfig.class.getRecordComponents()) {
            var name = component.getName();
            var other = valueOf(component, unlikeItInEverything());
            assertThat(other).as(name).isNotEqualTo(valueOf(component, one()));

            assertThat(!printWith(name, other).equals(one().fingerprint()))
                    .as(name)
                    .isEqualTo(NOTICED.contains(name));
        }
    }

    @Test
    void it_is_the_same_in_every_daemon() {
        assertThat(one().fingerprint()).isEqualTo("9e6d37eeeae5fe13");
        assertThat(unlikeItInEverything().fingerprint()).isEqualTo("2fd2aa5b6b3728bd");
    }

    @Test
    void the_order_of_variables_and_of_limits_does_not_matter() throws Exception {
        var ab = new LinkedHashMap<String, Text>();
        ab.put("A", new Text("1"));
        ab.put("B", new Text("2"));
        var limits = new LinkedHashMap<ResourceLimit, String>();
        limits.put(ResourceLimit.NOFILE, "64");
        limits.put(ResourceLimit.CORE, "0");

        assertThat(with(Map.of("env", ab, "limits", limits)).fingerprint())
                .isEqualTo(with(Map.of("env", ab.reversed(), "limits", limits.reversed()))
                        .fingerprint());
    }

    @Test
    void the_parts_of_a_command_are_told_apart() throws Exception {
        assertThat(Stream.of(
                        printWith("command", new Command.Shell("a b")),
                        printWith("command", new Command.Exec(List.of(new Text("a b")))),
                        printWith("command", new Command.Exec(List.of(new Text("a"), new Text("b")))),
                        printWith("command", new Command.Exec(List.of(new Text("a 1:b")))),
                        printWith("env", Map.of("A", new Text("1"), "B", new Text("2"))),
                        printWith("env", Map.of("A", new Text("1 1:B 1:2")))))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_heartbeats_path_and_rhythm_both_count() throws Exception {
        var file = new Via.Written(Path.of("/srv/hb.json"));
        assertThat(Stream.of(
                        printWith("heartbeat", Optional.of(beats(file, 10))),
                        printWith("heartbeat", Optional.of(beats(file, 20))),
                        printWith("heartbeat", Optional.of(beats(new Via.Written(Path.of("/hb")), 10))),
                        printWith("heartbeat", Optional.of(beats(new Via.Notified(), 10))),
                        printWith("heartbeat", Optional.of(beats(new Via.Pinged(), 10))),
                        printWith("heartbeat", Optional.of(beats(new Via.Stored("/srv/hb.json"), 10))),
                        printWith("heartbeat", Optional.of(beats(new Via.Stored("k"), 10)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void what_only_the_daemon_does_about_a_heartbeat_does_not_count() throws Exception {
        var file = new Via.Written(Path.of("/srv/hb.json"));
        var every = Duration.ofSeconds(10);
        assertThat(printWith(
                        "heartbeat",
                        Optional.of(new Heartbeat(file, every, Duration.ofSeconds(11), Heartbeat.OnStale.REPORT))))
                .isEqualTo(printWith("heartbeat", Optional.of(beats(file, 10))));
    }

    @Test
    void readiness_by_notify_counts_for_the_process_finds_a_socket() throws Exception {
        assertThat(printWith("ready", new Ready.Notified(Duration.ofSeconds(30))))
                .isNotEqualTo(printWith("ready", new Ready.FirstBeat(Duration.ofSeconds(30))));
    }

    @Test
    void references_are_not_resolved() throws Exception {
        var unresolvable = Map.of("A", new Text("${file:/no/such/file}"));

        assertThat(printWith("env", unresolvable))
                .isNotEqualTo(printWith("env", Map.of("A", new Text("${file:/no/other/file}"))));
    }

    @Test
    void rules_of_logs_are_no_matter_of_an_agent(@TempDir Path folder) throws Exception {
        var agents = "agents: {a: {command: x}, b: {command: x, log: b.log}}\n";
        var before = new Folder(folder).load(agents);
        var after = new Folder(folder)
                .load(agents + "logs: {defaults: {keep: 3}, files: [{path: 'logs/*.log', keep: 0}, {path: b.log}]}");

        assertThat(after.logs()).isNotEqualTo(before.logs());
        assertThat(after.agents()).isEqualTo(before.agents());
        assertThat(after.agents().values())
                .extracting(AgentConfig::fingerprint)
                .isEqualTo(before.agents().values().stream()
                        .map(AgentConfig::fingerprint)
                        .toList());
    }
}
