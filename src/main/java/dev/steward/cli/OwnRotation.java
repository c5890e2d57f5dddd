package dev.steward.cli;

import dev.steward.control.KnownLogs;
import dev.steward.control.LogRotation;
import dev.steward.control.UnknownLog;
import dev.steward.logs.Catalog;
import dev.steward.logs.Log;
import dev.steward.logs.Outcome;
import dev.steward.logs.Outcome.Result;
import dev.steward.logs.Rotations;
import dev.steward.logs.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Rotates logs in this process, as the daemon would, and compresses their archives before it tells of them. */
record OwnRotation(Rotations rotations, Catalog catalog, Caller caller) implements LogRotation {
    static LogRotation of(Root root, Catalog catalog) {
        var caller = root.caller();
        return new OwnRotation(Rotations.here(caller.environment(), caller.clock(), System::nanoTime), catalog, caller);
    }

    @Override
    public void rotate(Wish wish, Consumer<Outcome> each) throws UnknownLog, IOException {
        rotations.rotate(catalog, KnownLogs.resolve(catalog, wish), outcome -> {
            var log = catalog.find(outcome.log());
            each.accept(
                    outcome.result() == Result.ROTATED && log.isPresent() ? compressed(log.get(), outcome) : outcome);
        });
    }

    private Outcome compressed(Log log, Outcome outcome) {
        try {
            var pressed = rotations.press(log);
            while (pressed.isPresent() && rotations.shelve(pressed.get())) {
                pressed = rotations.press(log);
            }
        } catch (IOException e) {
            caller.say("archives of " + log.path() + " are not compressed: " + e.getMessage());
        }
        return new Outcome(
                outcome.log(),
                outcome.result(),
                outcome.way(),
                outcome.bytes(),
                outcome.dropped(),
                outcome.archive().map(OwnRotation::asItIsNamedNow),
                outcome.at(),
                outcome.took(),
                outcome.reason());
    }

    private static Path asItIsNamedNow(Path archive) {
        return Optional.of(archive.resolveSibling(archive.getFileName() + ".gz"))
                .filter(packed -> Files.notExists(archive) && Files.exists(packed))
                .orElse(archive);
    }

    @Override
    public List<String> emptyGlobs(List<Path> logs) {
        return catalog.emptyGlobs(logs);
    }
}
