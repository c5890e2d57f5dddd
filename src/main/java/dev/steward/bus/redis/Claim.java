package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Words;
import dev.steward.bus.redis.Trouble.NoConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's name in Redis, which one process has at a time: two that share it would be given the same orders. It lapses when it isn't
 * renewed, so that of a machine that died nobody has to clean up; one who died on this machine isn't waited for. Thread-safe.
 */
final class Claim {
    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);
    private static final String HOME = "redis home";
    private static final String PART = "node";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /**
     * Who has the name.
     *
     * @param home of which ledger; a copied one has it too
     * @param process that one alone
     * @param place the boot of the machine and its namespace of pids; empty if not known
     */
    private record Holder(String home, String process, String place, long pid, Instant since) {
        static Optional<Holder> read(String text) {
            var parts = text.split(" ", -1);
            return parts.length == 5 && parts[3].matches("[0-9]{1,18}") && parts[4].matches("[0-9]{1,15}")
                    ? Optional.of(new Holder(
                            parts[0],
                            parts[1],
                            parts[2],
                            Long.parseLong(parts[3]),
                            Instant.ofEpochMilli(Long.parseLong(parts[4]))))
                    : Optional.empty();
        }

        String text() {
            return String.join(" ", home, process, place, Long.toString(pid), Long.toString(since.toEpochMilli()));
        }

        /** Whether this was a process of the same home that surely doesn't live any more. */
        boolean diedBefore(Holder next) {
            return home.equals(next.home)
                    && !place.isEmpty()
                    && place.equals(next.place)
                    && ProcessHandle.of(pid).isEmpty();
        }
    }

    private final Words ledger;
    private final String node;
    private final Duration lapses;
    private final InstantSource clock;
    private final Troubles troubles;
    private @Nullable Holder self;
    private boolean released;

    /** @param lapses how long it holds unless it is taken again */
    Claim(Words ledger, String node, Duration lapses, InstantSource clock, Troubles troubles) {
        this.ledger = ledger;
        this.node = node;
        this.lapses = lapses;
        this.clock = clock;
        this.troubles = troubles;
    }

    /**
     * Takes the name, or renews it. A Redis that is full or doesn't permit it keeps nobody from his work.
     *
     * @throws NoConnection if another one has it
     */
    synchronized void take(Control control, String where) {
        if (released) {
            return;
        }
        var mine = self();
        String holder;
        try {
            holder = ask(control, mine, "");
            if (Holder.read(holder).filter(other -> other.diedBefore(mine)).isPresent()) {
                holder = ask(control, mine, holder);
            }
            troubles.over(PART);
        } catch (RuntimeException e) {
            var trouble = Trouble.of(e, where, Names.node(node));
            if (trouble instanceof Trouble.Broken) {
                throw e;
            }
            troubles.tell(PART, trouble.reason());
            return;
        }
        if (!holder.equals(mine.text())) {
            throw new NoConnection(clash(Holder.read(holder), mine, where), null);
        }
    }

    private String ask(Control control, Holder mine, String instead) {
        String key = Names.node(node);
        return control.ask(
                lane -> Reply.text(lane.ask(key, Scripts.claim(node, mine.text(), instead, lapses.toMillis()))));
    }

    private String clash(Optional<Holder> other, Holder mine, String where) {
        boolean copied = other.filter(each -> each.home.equals(mine.home)).isPresent();
        return "another node called " + node + (copied ? ", which has a copy of this home," : "")
                + " is connected to " + where
                + other.map(each -> " since " + TIME.format(each.since.atZone(ZoneId.systemDefault())))
                        .orElse("")
                + "; give one of them another node: in its configuration"
                + (copied ? " (after a crash of the machine it is over in " + lapses.toSeconds() + " s)" : "");
    }

    private Holder self() {
        if (self == null) {
            self = new Holder(
                    home(),
                    UUID.randomUUID().toString(),
                    place(),
                    ProcessHandle.current().pid(),
                    clock.instant());
        }
        return self;
    }

    private String home() {
        try {
            var known = ledger.remembered(HOME);
            if (known.isPresent()) {
                return known.get();
            }
            String home = UUID.randomUUID().toString();
            ledger.remember(HOME, home);
            return home;
        } catch (BusException e) {
            throw new NoConnection("this node does not know itself: " + e.getMessage(), e);
        }
    }

    private static String place() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + "/"
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            LOG.debug("It is not known which processes could be seen here", e);
            return "";
        }
    }

    /** Others may have it at once. It isn't taken any more. */
    synchronized void release(Control control) {
        released = true;
        if (self == null) {
            return;
        }
        String key = Names.node(node);
        String mine = self.text();
        try {
            control.ask(lane -> lane.ask(key, Scripts.leave(node, mine)));
        } catch (RuntimeException e) {
            LOG.debug("The name of this node lapses by itself", e);
        }
    }
}
