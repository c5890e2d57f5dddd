package dev.steward.daemon;

import dev.steward.posix.Handover;
import dev.steward.posix.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a daemon tells the one that takes its place in the same process, in its environment.
 *
 * @param version of the one that went
 * @param wentNanos when it stopped to answer, by the clock that all processes share
 * @param heard signals that came since and nobody has acted upon
 */
record Succession(String version, long wentNanos, List<Signal> heard, Handover handover) {
    static final String VARIABLE = "STEWARD_SUCCEEDS";

    /** Nothing, if this process succeeds nobody; what an agent or a child inherited is another process's. */
    static Optional<Succession> of(Map<String, String> environment) {
        var words = environment.getOrDefault(VARIABLE, "").split(" ", -1);
        if (words.length != 5
                || !words[0].equals(String.valueOf(ProcessHandle.current().pid()))
                || !words[2].matches("-?[0-9]{1,18}")) {
            return Optional.empty();
        }
        var heard = Arrays.stream(words[3].split(",", -1))
                .flatMap(name -> Signal.parse(name).stream())
                .toList();
        return Handover.read(words[4])
                .map(handover -> new Succession(words[1], Long.parseLong(words[2]), heard, handover));
    }

    String written() {
        var names = String.join(",", heard.stream().map(Signal::name).toList());
        var pid = ProcessHandle.current().pid();
        return pid + " " + version + " " + wentNanos + " " + names + " " + handover.written();
    }
}
