package dev.steward.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Agents of every kind, each of which notices by itself if it runs twice: it takes a lock of its own that none of its children has,
 * and tells if somebody else has it.
 */
final class Cast implements AutoCloseable {
    /** Its arguments: how it behaves, its name, and the folder, which tells it from all other processes of the machine. */
    private static final String PROGRAM = """
            use strict; use Fcntl ':flock'; use POSIX;
            my ($way, $name, $place) = @ARGV;
            if ($way =~ /wiper|hidden/ && %ENV) { %ENV = (); exec $^X, $0, @ARGV or die }
            $SIG{TERM} = 'IGNORE' if $way eq 'deaf';
            POSIX::close(3) if $way =~ /closer|hidden/;
            open(my $own, '>>', "$place/$name.own") or die;
            if (!flock($own, LOCK_EX | LOCK_NB)) {
                open(my $told, '>>', "$place/second") or die;
                syswrite $told, "$name, pid $$\\n";
                close $told;
                sleep 60;
                exit 9;
            }
            sub child {
                my ($leaves, $deaf, $seconds) = @_;
                my $pid = fork;
                return if $pid;
                close $own;
                setsid if $leaves;
                $SIG{TERM} = 'IGNORE' if $deaf;
                exec {'/bin/sleep'} "$place/left-by-$name", $seconds;
            }
            if ($way eq 'forking') { child(0, 0, 300); child(1, 0, 300) }
            if ($way eq 'keeper') { child(1, 0, 2) }
            if ($way eq 'stubborn') { child(1, 1, 300) }
            if ($way eq 'short') { select(undef, undef, undef, 0.3); exit 0 }
            if ($way eq 'failing') { exit 1 }
            if ($way eq 'job') { exit 0 }
            sleep 1 while 1;
            """;

    /** Name and way of each agent but {@code extra}, which comes and goes. */
    static final Map<String, String> WAYS = Map.ofEntries(
            Map.entry("plain", "plain"),
            Map.entry("deaf", "deaf"),
            Map.entry("forking", "forking"),
            Map.entry("wiper", "wiper"),
            Map.entry("closer", "closer"),
            Map.entry("keeper", "keeper"),
            Map.entry("stubborn", "stubborn"),
            Map.entry("base", "plain"),
            Map.entry("needy", "forking"),
            Map.entry("needier", "plain"),
            Map.entry("short", "short"),
            Map.entry("failing", "failing"),
            Map.entry("job", "job"),
            Map.entry("dormant", "plain"));

    private static final Map<String, String> MORE = Map.of(
            "keeper", ", leftovers: keep",
            "needy", ", needs: [base]",
            "needier", ", needs: [needy, {job: done}]",
            "job", ", keep_alive: on-failure",
            "dormant", ", autostart: false");

    private final Path place;
    private final Path program;

    /** @param place where they put what they tell; their processes name it */
    Cast(Path place) throws IOException {
        this.place = place;
        program = Files.writeString(place.resolve("agent.pl"), PROGRAM);
    }

    static List<String> names() {
        return WAYS.keySet().stream().sorted().toList();
    }

    /** The whole file. What changes with {@code turn} is seen by the process of the agent named. */
    String yaml(String changed, int turn, boolean extra) {
        var lines = new ArrayList<>(List.of("agents:"));
        for (var name : names()) {
            lines.add(section(name, WAYS.getOrDefault(name, ""), name.equals(changed) ? turn : 0));
        }
        if (extra) {
            lines.add(section("extra", "forking", 0));
        }
        return String.join("\n", lines) + "\n";
    }

    /** An agent of one of the ways that the program knows. */
    String section(String name, String way, int turn) {
        return "  " + name + ": {command: [/usr/bin/perl, " + program + ", " + way + ", " + name + ", " + place + "]"
                + ", env: {TURN: \"" + turn + "\"}, ready: {after: 30ms}, stop: {timeout: 200ms}"
                + ", backoff: {first: 50ms, max: 300ms}, restarts: {limit: 100000, within: 1m}"
                + MORE.getOrDefault(name, "") + "}";
    }

    /** The processes that are an agent's main process, or were to be one. */
    List<Long> mains(String name) throws IOException {
        return Machine.with(place.toString()).stream()
                .filter(process -> process.arguments().size() > 4
                        && process.arguments().get(1).equals(program.toString())
                        && process.arguments().get(3).equals(name))
                .map(Machine.Running::pid)
                .toList();
    }

    /** What an agent's main processes have forked. */
    List<Long> children(String name) throws IOException {
        return Machine.with(place + "/left-by-" + name).stream()
                .filter(process -> process.arguments().getFirst().equals(place + "/left-by-" + name))
                .map(Machine.Running::pid)
                .toList();
    }

    /** What agents told that ran twice. */
    String second() throws IOException {
        var told = place.resolve("second");
        return Files.exists(told) ? Files.readString(told) : "";
    }

    /** Ends all of them. */
    @Override
    public void close() throws IOException {
        Machine.with(place.toString()).forEach(process -> Machine.kill(process.pid()));
    }
}
