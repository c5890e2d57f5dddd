package dev.steward.daemon;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Site;
import dev.steward.bus.ledger.Ledger;
import dev.steward.config.InboxConfig;
import dev.steward.config.WorkOrders;
import dev.steward.orders.InboxEvent;
import dev.steward.orders.InboxLog;
import dev.steward.orders.InboxName;
import dev.steward.orders.PutAside;
import dev.steward.orders.Receiver;
import dev.steward.supervise.Clocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives the orders of programs that read their inboxes themselves. Taken up and closed by one thread, asked by any. */
final class InboxKeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InboxKeeping.class);
    /** Who acknowledges. */
    private static final String BY = "steward";

    private static final Duration NET = Duration.ofSeconds(30);

    private final Bus bus;
    private final Ledger ledger;
    private final Site site;
    private final Clocks clocks;
    /** By the names as they compare. */
    private final Map<String, Open> open = new HashMap<>();

    /** By inbox and place, what is wrong; by the inbox alone, what hinders its receiver. */
    private final Map<String, Problem> problems = new ConcurrentSkipListMap<>();

    InboxKeeping(Bus bus, Ledger ledger, Site site, Clocks clocks) {
        this.bus = bus;
        this.ledger = ledger;
        this.site = site;
        this.clocks = clocks;
    }

    /**
     * What is wrong.
     *
     * @param folder with whose removal the problem is over; empty if it is told when it is
     */
    private record Problem(String text, Optional<Path> folder) {
        boolean isOver() {
            return folder.filter(Files::notExists).isPresent();
        }
    }

    private record Open(InboxConfig config, Duration patience, Receiver receiver) implements AutoCloseable {
        boolean isAs(InboxConfig other, Duration patience) {
            return config.equals(other) && this.patience.equals(patience);
        }

        @Override
        public void close() {
            receiver.close();
        }
    }

    /** Receives these from now on, and no others; what could not be opened before is tried again. */
    void take(WorkOrders orders) {
        problems.values().removeIf(Problem::isOver);
        var patience = orders.rules().reportUnfinishedAfter();
        var wanted = new HashMap<String, InboxConfig>();
        orders.inboxes().values().forEach(inbox -> wanted.put(Heading.inbox(inbox.name()), inbox));
        for (var each : List.copyOf(open.entrySet())) {
            var inbox = wanted.get(each.getKey());
            if (inbox == null || !each.getValue().isAs(inbox, patience)) {
                close(each.getKey());
            }
        }
        wanted.forEach((name, inbox) -> {
            if (!open.containsKey(name)) {
                open(inbox, patience);
            }
        });
    }

    private void close(String name) {
        Optional.ofNullable(open.remove(name)).ifPresent(Open::close);
        problems.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + "/"));
    }

    private void open(InboxConfig inbox, Duration patience) {
        var name = new InboxName(inbox.name());
        try {
            var folder = name.folderIn(site.inboxes());
            recall(inbox, folder);
            open.put(name.key(), open(inbox, patience, new Receiver.Inbox(name, folder)));
        } catch (IOException e) {
            trouble(inbox, "", String.valueOf(e.getMessage()));
        }
    }

    /** What a receiver before put into quarantine, and was not delivered since, waits for somebody still. */
    private void recall(InboxConfig inbox, Path folder) {
        try {
            for (var held : PutAside.all(folder)) {
                var row = ledger.order(held.id());
                if (row.filter(it -> it.acknowledgement().isPresent()).isEmpty()) {
                    quarantined(
                            inbox,
                            held.id(),
                            held.folder(),
                            row.map(OrderRow::reason).orElse(""));
                }
            }
        } catch (IOException | BusException e) {
            trouble(inbox, "/.quarantine", "what lies in quarantine cannot be looked up: " + e.getMessage());
        }
    }

    private void quarantined(InboxConfig inbox, String id, Path folder, String reason) {
        var told = "order " + id + " was put into quarantine, " + folder + (reason.isEmpty() ? "" : ": " + reason);
        trouble(inbox, "/" + id, told, Optional.of(folder));
    }

    private Open open(InboxConfig inbox, Duration patience, Receiver.Inbox place) {
        var log = inbox.log()
                .map(file ->
                        new InboxLog(file, clocks.wall(), ZoneId.systemDefault(), why -> trouble(inbox, "/log", why)));
        var receiver = Receiver.start(
                bus,
                place,
                new Receiver.Identity(BY, site.node(), ""),
                new Receiver.Timing(clocks.wall(), clocks.monotonic(), NET, patience),
                event -> {
                    heard(inbox, event);
                    log.ifPresent(lines -> lines.accept(event));
                });
        return new Open(inbox, patience, receiver);
    }

    private void heard(InboxConfig inbox, InboxEvent event) {
        switch (event) {
            case InboxEvent.Delivered delivered ->
                settled(inbox, delivered.heading().id());
            case InboxEvent.DeliveredBefore before -> settled(inbox, before.id());
            case InboxEvent.NotOurs lost -> settled(inbox, lost.id());
            case InboxEvent.PickedUp picked -> settled(inbox, picked.heading().id());
            case InboxEvent.Quarantined(var id, var folder, var reason) -> quarantined(inbox, id, folder, reason);
            case InboxEvent.HalfWritten(var folder, var reason) ->
                trouble(inbox, "/" + folder.getFileName(), folder + " is no whole order: " + reason);
            case InboxEvent.Refused(var folder, var reason) ->
                trouble(inbox, "/" + folder.getFileName(), folder + " is not taken: " + reason, Optional.of(folder));
            case InboxEvent.Gone(var folder) -> settled(inbox, String.valueOf(folder.getFileName()));
            case InboxEvent.LeftAlone(var entry, var reason) -> LOG.info("{} is left alone: {}", entry, reason);
            case InboxEvent.Waiting(var folder) ->
                trouble(inbox, "", "another receiver holds " + folder + "; this one waits for it to end");
            case InboxEvent.Trouble(var reason) -> trouble(inbox, "", reason);
            case InboxEvent.Holding _, InboxEvent.Over _ -> problems.remove(Heading.inbox(inbox.name()));
        }
    }

    private void settled(InboxConfig inbox, String id) {
        problems.remove(Heading.inbox(inbox.name()) + "/" + id);
    }

    private void trouble(InboxConfig inbox, String where, String why) {
        trouble(inbox, where, why, Optional.empty());
    }

    private void trouble(InboxConfig inbox, String where, String why, Optional<Path> folder) {
        var problem = new Problem("inbox " + inbox.name() + ": " + why, folder);
        if (!problem.equals(problems.put(Heading.inbox(inbox.name()) + where, problem))) {
            LOG.warn("{}", problem.text());
        }
    }

    /** For people. */
    List<String> problems() {
        return problems.values().stream().map(Problem::text).toList();
    }

    @Override
    public void close() {
        List.copyOf(open.keySet()).forEach(this::close);
    }
}
