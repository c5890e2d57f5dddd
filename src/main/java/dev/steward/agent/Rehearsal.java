package dev.steward.agent;

import dev.steward.bus.BusException;
import dev.steward.bus.Site;
import dev.steward.bus.remote.BusServer;
import dev.steward.bus.remote.BusSocket;
import dev.steward.orders.Draft;
import dev.steward.orders.Dropper;
import dev.steward.orders.InboxName;
import dev.steward.orders.OrderException;
import dev.steward.orders.Payload;
import dev.steward.orders.Priority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** An agent's life in a home of its own, until its log tells that all it does most was done once. */
record Rehearsal(InstantSource clock, LongSupplier nanoTime) {
    private static final String NAME = "rehearsal";

    void run() throws InterruptedException, IOException, OrderException {
        var home = Files.createTempDirectory("steward-train-");
        try {
            Files.createDirectory(home.resolve("run"));
            var site = new Site(NAME, home.resolve("inbox"), home.resolve("spool"), 1 << 20);
            var bus = new RehearsalBus();
            drop(bus, site);
            try (var _ = BusServer.listen(BusSocket.of(home), bus, site)) {
                live(home);
            }
        } finally {
            remove(home);
        }
    }

    private void drop(RehearsalBus bus, Site site) throws OrderException {
        var itself = InboxName.of(NAME);
        var draft = new Draft(Optional.empty(), itself, itself, Priority.P3, NAME, List.of());
        var payload = Payload.stream(new ByteArrayInputStream(new byte[1]));
        try {
            new Dropper(bus, site, new Dropper.Ink(clock, ZoneId.systemDefault(), new SecureRandom()))
                    .drop(draft, payload);
        } catch (BusException e) {
            throw new IllegalStateException(e);
        }
    }

    private void live(Path home) throws InterruptedException, OrderException {
        var options = new Options(
                NAME,
                home,
                Optional.of(InboxName.of(NAME)),
                Optional.of(home.resolve("heartbeat.json")),
                Duration.ofSeconds(1));
        var mailbox = new Mailbox();
        var log = new Log(new Unseen(mailbox), clock, ZoneId.systemDefault());
        try (var life = new Life(options, Self.here(NAME, Map.of()), log, new Beats.Time(clock, nanoTime))) {
            life.run(mailbox);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Ends the life with the line that comes last; or, should it not come, after a while. */
    private static final class Unseen extends OutputStream {
        private static final int MOST_LINES = 20;

        private final Mailbox mailbox;
        private final AtomicInteger lines = new AtomicInteger();

        Unseen(Mailbox mailbox) {
            this.mailbox = mailbox;
        }

        @Override
        public void write(int some) {}

        @Override
        public void write(byte[] line) {
            var isLast = new String(line, StandardCharsets.UTF_8).contains(" [ACK] ");
            if (isLast || lines.incrementAndGet() == MOST_LINES) {
                mailbox.put(new Event.Stop());
            }
        }
    }
}
