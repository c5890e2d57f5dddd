package dev.steward.faults;

import dev.steward.config.DataSize;
import dev.steward.config.LogRules;
import dev.steward.logs.Log;
import dev.steward.logs.Outcome;
import dev.steward.logs.Rotations;
import dev.steward.logs.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rotates one log over and over until it is killed: {@code LOG cut|copy-truncate true|false}, the last says whether to compress. */
final class RotationChild {
    private static final Wish FORCED = new Wish(List.of(), false, true);

    private RotationChild() {}

    public static void main(String... arguments) throws IOException {
        var log = log(Path.of(arguments[0]), arguments[1], Boolean.parseBoolean(arguments[2]));
        var rotations = rotations();
        warmUp(rotations, arguments[1]);
        System.out.println("ready");
        while (true) {
            for (var trouble : rotate(rotations, log)) {
                System.out.println(trouble);
            }
        }
    }

    /** Else a kill would mostly meet the loading of classes. */
    private static void warmUp(Rotations rotations, String strategy) throws IOException {
        var folder = Files.createTempDirectory("warm-");
        var log = log(folder.resolve("app.log"), strategy, true);
        for (var i = 0; i < 2; i++) {
            Files.writeString(log.path(), "0 line\n".repeat(2_000));
            rotate(rotations, log);
        }
        try (var all = Files.list(folder)) {
            for (var file : all.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    static Rotations rotations() {
        return Rotations.here(Map.of(), InstantSource.system(), System::nanoTime);
    }

    static Log log(Path path, String strategy, boolean compress) {
        var due = new LogRules.Due(Optional.empty(), Optional.empty());
        var keep = new LogRules.Keep(100_000, Optional.empty(), new DataSize(10_000_000_000L));
        var how = strategy.equals("cut") ? new LogRules.Strategy.Cut() : new LogRules.Strategy.CopyTruncate();
        return new Log(path, new LogRules(due, keep, compress, how, Optional.empty()));
    }

    /** Once; what went wrong. */
    static List<String> rotate(Rotations rotations, Log log) throws IOException {
        var outcome = rotations.rotate(log, FORCED);
        compress(rotations, log);
        return outcome.result().isTrouble() || outcome.result() == Outcome.Result.BUSY
                ? List.of(outcome.toString())
                : List.of();
    }

    /** One archive, if there is one left. */
    static boolean compress(Rotations rotations, Log log) throws IOException {
        var pressed = rotations.press(log);
        if (pressed.isPresent()) {
            rotations.shelve(pressed.get());
        }
        return pressed.isPresent();
    }
}
