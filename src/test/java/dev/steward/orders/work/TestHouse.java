package dev.steward.orders.work;

import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Site;
import dev.steward.bus.ledger.Ledger;
import dev.steward.config.Backoff;
import dev.steward.config.Command;
import dev.steward.config.Invocation;
import dev.steward.config.Text;
import dev.steward.config.WorkerConfig;
import dev.steward.posix.Posix;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A home with an inbox {@code CLC}, and orders in it. */
final class TestHouse {
    static final String NODE = "here";

    final Path folder;
    final Path inbox;
    final Path home;

    TestHouse(Path folder) throws IOException {
        this(folder, folder.resolve("home"));
    }

    TestHouse(Path folder, Path home) throws IOException {
        this.folder = folder;
        this.home = Files.createDirectories(home);
        inbox = Files.createDirectories(folder.resolve("inbox").resolve("CLC"));
    }

    WorkGround ground() {
        var site = new Site(NODE, inbox.resolveSibling(""), folder.resolve("spool"), 1000);
        return new WorkGround(
                site,
                home,
                home.resolve("steward.yaml"),
                Path.of("/bin/true"),
                Map.of("PATH", "/usr/bin:/bin", "SECRET", "not to be lost"));
    }

    Workers workers(Ledger ledger, Posix posix) {
        return new Workers(ledger, posix, ground(), InstantSource.system(), System::nanoTime);
    }

    /** A worker that handles two orders at a time, and tries each three times, soon. */
    WorkerConfig worker(Path program) {
        return worker(program, Duration.ofMinutes(1));
    }

    WorkerConfig worker(Path program, Duration timeout) {
        return worker(new Command.Exec(List.of(new Text(program.toString()))), timeout);
    }

    WorkerConfig worker(Command command, Duration timeout) {
        return new WorkerConfig(
                "clc",
                "clc",
                new Invocation(command, folder, Map.of("GREETING", new Text("hello")), Optional.empty()),
                2,
                timeout,
                2,
                new Backoff(Duration.ofMillis(20), Duration.ofMillis(40)));
    }

    /** A script that can be executed. */
    Path script(String name, String... lines) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    Heading heading(String id, String priority) {
        return new Heading(
                id,
                "CLC",
                "CLS",
                priority,
                "A title",
                "a,b",
                InstantSource.system().instant());
    }

    /** Puts an order's folder into the inbox. */
    Path lay(String id) throws IOException {
        var order = Files.createDirectories(inbox.resolve(id));
        Files.writeString(order.resolve(id + ".yaml"), "wo_id: \"" + id + "\"\n");
        Files.writeString(order.resolve("body.txt"), "what is to be done");
        Files.createDirectories(order.resolve("evidence"));
        Files.writeString(
                order.resolve("evidence").resolve("checksums.sha256"),
                "0".repeat(64) + "  " + id + ".yaml\n" + "1".repeat(64) + "  body.txt\n");
        return order;
    }

    void deliver(MemoryLedger ledger, String... ids) throws IOException {
        for (var id : ids) {
            lay(id);
            ledger.deliver(heading(id, "P3"), NODE);
        }
    }

    static OrderRow row(Ledger ledger, String id) throws Exception {
        return ledger.order(id).orElseThrow();
    }

    static OrderRow await(Ledger ledger, String id, OrderState state) throws Exception {
        Await.until(id + " is " + state, () -> row(ledger, id).state() == state);
        return row(ledger, id);
    }

    /** The lines that handlers wrote into a file in this folder. */
    List<String> lines(String file) throws IOException {
        var path = folder.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    void awaitLine(String file, String... some) throws Exception {
        Await.until(
                "lines in " + file + ": " + Arrays.toString(some),
                () -> lines(file).containsAll(List.of(some)));
    }

    /** Waits until nothing is in hand. */
    static void awaitRest(Workers workers) throws Exception {
        Await.until(
                "nothing in hand",
                () -> workers.status().stream()
                        .allMatch(worker -> worker.handling().isEmpty()));
    }
}
