package dev.steward.orders;

import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A receiver for a test, its inbox, and what it told. */
final class Desk implements AutoCloseable {
    static final Instant NOW = Orders.CREATED.plusMillis(1_250);

    final FakeBus bus = new FakeBus();
    final Path inbox;
    private final List<InboxEvent> events = new CopyOnWriteArrayList<>();
    private final Duration net;
    private final Duration patience;
    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

    Desk(Path inbox) {
        this(inbox, Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    Desk(Path inbox, Duration net, Duration patience) {
        this.inbox = inbox;
        this.net = net;
        this.patience = patience;
    }

    Receiver start() {
        var timing = new Receiver.Timing(InstantSource.fixed(NOW), System::nanoTime, net, patience);
        var receiver = Receiver.start(
                bus,
                new Receiver.Inbox(new InboxName("CLC"), inbox),
                new Receiver.Identity("clc", "studio", "0199-incarnation"),
                timing,
                events::add);
        receivers.add(receiver);
        return receiver;
    }

    void awaitAcknowledged(String id) throws Exception {
        Await.until(id + " is acknowledged", () -> !bus.acknowledgements(id).isEmpty());
    }

    void await(Class<? extends InboxEvent> event) throws Exception {
        await(event, _ -> true);
    }

    <T extends InboxEvent> void await(Class<T> event, Predicate<T> condition) throws Exception {
        Await.until(
                event.getSimpleName() + " is told", () -> told(event).stream().anyMatch(condition));
    }

    <T extends InboxEvent> List<T> told(Class<T> event) {
        return events.stream().filter(event::isInstance).map(event::cast).toList();
    }

    List<InboxEvent> told() {
        return List.copyOf(events);
    }

    /** The orders that lie there. */
    List<String> orders() throws IOException {
        return names(inbox).stream().filter(name -> !name.startsWith(".")).toList();
    }

    List<String> arriving() throws IOException {
        return names(inbox.resolve(".arriving"));
    }

    List<String> receipts() throws IOException {
        return receipts(inbox);
    }

    /** Without the file that they are all names of. */
    static List<String> receipts(Path inbox) throws IOException {
        return names(inbox.resolve(".receipts")).stream()
                .filter(name -> !name.equals("blank"))
                .toList();
    }

    static List<String> names(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(each -> String.valueOf(each.getFileName())).sorted().toList();
        }
    }

    @Override
    public void close() {
        receivers.forEach(Receiver::close);
    }
}
