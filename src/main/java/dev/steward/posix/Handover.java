package dev.steward.posix;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the program that takes this one's place by {@link Exec} finds as it was: open files stay open, so that locks and FIFOs stay
 * held and sockets go on listening, and signals wait, so that none ends it before it listens.
 */
public final class Handover {
    private final List<Integer> descriptors;
    private final List<Signal> signals;

    private Handover(List<Integer> descriptors, List<Signal> signals) {
        this.descriptors = descriptors;
        this.signals = signals;
    }

    /** Of these files and signals. */
    public static Handover of(List<FileLock> locks, List<Fifos.Held> fifos, List<Signal> signals) {
        var descriptors = Stream.concat(
                        locks.stream().map(FileLock::descriptor), fifos.stream().map(Fifos.Held::descriptor))
                .toList();
        return new Handover(descriptors, List.copyOf(signals));
    }

    /** The same, with further descriptors. */
    Handover with(List<Integer> more) {
        return new Handover(Stream.concat(descriptors.stream(), more.stream()).toList(), signals);
    }

    static Handover ofNothing() {
        return new Handover(List.of(), List.of());
    }

    /** For the environment of the next program: {@code 5,7:TERM,INT}. */
    public String written() {
        return String.join(",", descriptors.stream().map(String::valueOf).toList())
                + ":"
                + String.join(",", signals.stream().map(Signal::name).toList());
    }

    /** What {@link #written} gave; empty if it is nothing of the kind. */
    public static Optional<Handover> read(String written) {
        var halves = written.split(":", -1);
        if (halves.length != 2 || !halves[0].matches("([0-9]{1,6}(,[0-9]{1,6})*)?")) {
            return Optional.empty();
        }
        var descriptors =
                words(halves[0]).map(Integer::valueOf).filter(each -> each > 2).toList();
        var signals =
                words(halves[1]).flatMap(name -> Signal.parse(name).stream()).toList();
        return Optional.of(new Handover(descriptors, signals));
    }

    private static Stream<String> words(String list) {
        return Arrays.stream(list.split(",", -1)).filter(word -> !word.isEmpty());
    }

    List<Integer> descriptors() {
        return descriptors;
    }

    List<Signal> signals() {
        return signals;
    }
}
