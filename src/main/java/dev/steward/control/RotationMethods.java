package dev.steward.control;

import dev.steward.control.Call.ClientGone;
import dev.steward.control.Method.Param;
import dev.steward.control.Method.Result;
import dev.steward.logs.Outcome;
import dev.steward.logs.Wish;
import dev.steward.store.StoreException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/** What can be asked of and about logs. */
final class RotationMethods {
    private final LogRotation rotation;
    private final Remembered remembered;
    private final ZoneId zone;

    RotationMethods(LogRotation rotation, Remembered remembered, ZoneId zone) {
        this.rotation = rotation;
        this.remembered = remembered;
        this.zone = zone;
    }

    List<Method> all() {
        return List.of(
                Method.of(
                        "rotate",
                        "Rotates logs that are due; tells what came of each in a notification \"line\", as a JSON object.",
                        List.of(
                                new Param("paths", "list of strings", "live logs, absolute; default: all"),
                                new Param("dry_run", "boolean", "only tells what would be done"),
                                new Param("force", "boolean", "also what is not due")),
                        this::rotate),
                Method.of(
                        "rotations",
                        "What is remembered of each log: what came of it last, and since when it fails.",
                        List.of(Format.PARAM),
                        this::rotations));
    }

    private Result rotate(Call call) throws RpcError, ClientGone, InterruptedException, ExecutionException {
        var params = call.params();
        var wish = new Wish(paths(params), params.flag("dry_run"), params.flag("force"));
        var report = new RotationReport(wish, zone);
        var told = new LinkedBlockingQueue<Optional<Outcome>>();
        var begun = begin(wish, told);
        for (var next = told.take(); next.isPresent(); next = told.take()) {
            call.lines().line(report.add(next.get()));
        }
        begun.get();
        return json -> report.summary(rotation, json);
    }

    /** On a thread of its own: a client that reads slowly, or is gone, holds up no rotation. An empty one is the last. */
    private Future<?> begin(Wish wish, BlockingQueue<Optional<Outcome>> told) {
        var work = new FutureTask<Boolean>(() -> {
            try {
                rotation.rotate(wish, outcome -> told.add(Optional.of(outcome)));
                return true;
            } catch (IOException e) {
                throw new RpcError(RpcError.UNAVAILABLE, "the logs cannot be found: " + e.getMessage());
            } finally {
                told.add(Optional.empty());
            }
        });
        Thread.ofVirtual().name("control-rotate").start(work);
        return work;
    }

    private static List<Path> paths(Params params) throws RpcError {
        var paths = new ArrayList<Path>();
        for (var text : params.has("paths") ? params.texts("paths") : List.<String>of()) {
            paths.add(path(text));
        }
        return paths;
    }

    private static Path path(String text) throws RpcError {
        try {
            var path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
            throw Params.wrong("paths", Plain.name(text) + " is not absolute");
        } catch (InvalidPathException e) {
            // Also a name that cannot be written in the encoding of the daemon's locale.
            throw Params.wrong("paths", Plain.name(text) + " is no path: " + e.getReason());
        }
    }

    private Result rotations(Call call) throws RpcError, StoreException {
        return Format.isJson(call.params())
                ? Result.raw(remembered.rotationsJson())
                : Result.text(remembered.rotationsText());
    }
}
