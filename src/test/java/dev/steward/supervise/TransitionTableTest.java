package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Via;
import dev.steward.posix.ExitStatus;
import dev.steward.posix.Identity;
import dev.steward.supervise.State.Then;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every state with every event, against the table in {@code transitions.txt}, which is there to be read. */
class TransitionTableTest {
    private static final List<State> STATES = states();
    private static final List<Event> EVENTS = List.of(
            new Event.Start(),
            new Event.Stop(),
            new Event.Restart(),
            new Event.StepAside(),
            new Event.NeedsChanged(),
            new Event.Spawned(Examples.INCARNATION),
            new Event.SpawnRefused("no program"),
            new Event.Blocked(),
            new Event.Cleared(),
            new Event.NotCleared("pid 7 lives on"),
            new Event.Adopted(Examples.INCARNATION, true),
            new Event.Adopted(Examples.INCARNATION, false),
            new Event.BecameReady(),
            new Event.ReadyTimedOut(),
            new Event.Exited(new ExitStatus.Exited(0)),
            new Event.Exited(new ExitStatus.Signalled(9, false)),
            new Event.StopTimedOut(),
            new Event.BackoffElapsed(),
            new Event.Settled(),
            new Event.Stale(),
            new Event.RulesChanged(),
            new Event.Beat(),
            new Event.Triggered(),
            new Event.SaidFailed("no disk"),
            new Event.SaidStopping(),
            new Event.Extended(Duration.ofSeconds(60)),
            new Event.MainChanged(Examples.INCARNATION.of(new Identity(101, 201, "boot"))));

    private static List<State> states() {
        var states = new ArrayList<State>(List.of(
                new State.Stopped(),
                new State.Waiting(),
                new State.Spawning(),
                new State.Starting(Examples.INCARNATION),
                new State.Up(Examples.INCARNATION),
                new State.BackingOff(),
                new State.Ended(new ExitStatus.Exited(0), true),
                new State.Failed("no program")));
        for (var then : Then.values()) {
            states.add(new State.Clearing(then));
        }
        for (var then : Then.values()) {
            states.add(new State.Stopping(Examples.INCARNATION, then));
        }
        return states;
    }

    @Test
    void every_state_answers_every_event_as_the_table_says() throws IOException {
        var context = Examples.agent("cls")
                .beats(new Via.Written(Path.of("/hb.json")), Duration.ofSeconds(10), Duration.ofSeconds(30))
                .context(Duration.ofSeconds(31).toNanos());
        var table = STATES.stream()
                .flatMap(state -> EVENTS.stream().map(event -> row(state, event, context)))
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(table).isEqualTo(expected());
    }

    @Test
    void the_table_leaves_out_no_kind_of_state_and_no_kind_of_event() {
        assertThat(STATES.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(State.class.getPermittedSubclasses());
        assertThat(EVENTS.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds(Event.class).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> sealed) {
        return sealed.isSealed()
                ? Stream.of(sealed.getPermittedSubclasses()).flatMap(TransitionTableTest::kinds)
                : Stream.of(sealed);
    }

    private static String row(State state, Event event, Context context) {
        var step = Transitions.step(Life.NEW.in(state), event, context);
        var same = step.life().equals(Life.NEW.in(state)) && step.actions().isEmpty();
        return "%-22s %-18s %s".formatted(name(state), name(event), same ? "-" : outcome(step));
    }

    private static String outcome(Step step) {
        var actions = step.actions().stream().map(TransitionTableTest::name).collect(Collectors.joining(" "));
        return "%-22s %s".formatted(name(step.life().state()), actions).stripTrailing();
    }

    private static String name(Object thing) {
        return switch (thing) {
            case State.Stopping stopping -> "Stopping/" + stopping.then();
            case State.Clearing clearing -> "Clearing/" + clearing.then();
            case State.Ended ended -> ended.well() ? "Ended/well" : "Ended/badly";
            case Event.Exited exited -> "Exited/" + exited.status().toString().replace("exit status ", "");
            case Event.Adopted adopted -> adopted.ready() ? "Adopted/ready" : "Adopted/starting";
            case Action.Arm arm -> "Arm(" + arm.alarm() + " " + arm.after().toMillis() + "ms)";
            case Action.Extend extend ->
                "Extend(" + extend.alarm() + " " + extend.to().toMillis() + "ms)";
            case Action.OpenIncident open -> "Open(" + open.cause().word() + ")";
            case Action.ResolveIncident resolve -> "Resolve(" + resolve.cause().word() + ")";
            default -> thing.getClass().getSimpleName();
        };
    }

    private static String expected() throws IOException {
        try (var table = TransitionTableTest.class.getResourceAsStream("transitions.txt")) {
            return Arrays.stream(new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1))
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
        }
    }
}
