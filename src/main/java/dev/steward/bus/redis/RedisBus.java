package dev.steward.bus.redis;

import dev.steward.bus.Accepted;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Presence;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.ledger.Ledger;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Front door of the bus over Redis (6.2 or newer, or Valkey; one server, Sentinels or a Cluster). One for a node, in its daemon.
 *
 * <p>A drop is durable in this node's ledger before Redis hears of it, and the ledger keeps it until its receiver's acknowledgement
 * came; a receiver knows what it has. So Redis may be away, be restarted empty or lose its last second at any time: nothing is lost,
 * and nothing is delivered into an inbox twice. The link is made anew by itself, with backoff.
 *
 * <p>Of two processes with one node's name, the second one is not linked before the first has ended.
 *
 * <p>Thread-safe. Only {@link #beat}, {@link #read} and {@link #presence} wait for Redis, for a few seconds at most; so does
 * {@link #receive} for an inbox that its last receiver leaves at the moment.
 */
public final class RedisBus implements Bus {
    private static final String ACKS = "acknowledgements";

    private static final int MOST_PROBLEMS = 5;

    /** A node that doesn't look at the link for so many times has lost its name to whoever wants it. */
    private static final int LOOKS = 5;

    /**
     * Which Redis, and how patiently.
     */
    public record Setting(RedisAddress address, RedisPace pace) {}

    /**
     * The clocks.
     *
     * @param monotonic in nanoseconds
     */
    public record Times(InstantSource wall, LongSupplier monotonic) {}

    /** The threads, and what else begins and ends with the bus. */
    private record Running(Link link, Inboxes inboxes, List<Worker> workers, Suspects suspects, AutoCloseable watch) {}

    /** What can be asked of it, beside the bus. */
    private record Asked(Beats beats, Troubles single) {}

    private final Bus local;
    private final Running running;
    private final RedisReception.Means means;
    private final Asked asked;

    private RedisBus(Bus local, Running running, RedisReception.Means means, Asked asked) {
        this.local = local;
        this.running = running;
        this.means = means;
        this.asked = asked;
    }

    /**
     * Begins to link this node to Redis; returns at once, whether Redis can be reached or not.
     *
     * @param local the bus of this node alone, over the same ledger; closed with this one
     * @param ledger remains the caller's, and has to be open until this is closed
     * @throws IOException if the spool can't be used
     */
    public static RedisBus open(Setting setting, Bus local, Ledger ledger, Site site, Times times) throws IOException {
        var pace = setting.pace();
        var nanoTime = times.monotonic();
        var troubles = new Troubles();
        var single = new Troubles();
        var dialer = new Dialer(setting.address(), pace, site.node());
        var backoff = new Backoff(pace.backoff(), RandomGenerator.getDefault());
        var claim = new Claim(ledger, site.node(), pace.look().multipliedBy(LOOKS), times.wall(), troubles);
        var link = new Link(dialer, pace, new Link.Means(backoff, troubles, claim), nanoTime);
        var crew = new Worker.Crew(link, troubles, backoff);
        var bodies = new Bodies(site, pace.keep().bodies());
        bodies.clean();
        var bell = new Bell();
        var settlements = new Settlements(bell);
        var acks = new Acks(ledger, new Refusals(ledger, "ack_refused", nanoTime));
        var suspects = new Suspects(
                ledger, acks, new Refusals(ledger, "ack_refused", nanoTime), () -> !troubles.has(ACKS), nanoTime);
        var sender = new Sender(
                ledger,
                new Shipment(ledger, new Shipment.Place(site.node(), dialer.where()), bodies, pace),
                new Retelling(ledger, times.wall(), pace.keep().told()),
                settlements,
                new Sender.Means(
                        new Timer(nanoTime, pace.again()), new Timer(nanoTime, pace.again()), troubles, single));
        var results = new Results(ledger, site.node(), new Refusals(ledger, "result_refused", nanoTime));
        var intake = new Intake(
                ledger, bodies, settlements, new Refusals(ledger, "order_refused", nanoTime), new Again(times.wall()));
        var inboxes = new Inboxes(site.node(), intake, crew, new Silence(pace.takeOver(), times.wall(), nanoTime));
        var trims = new Trim[] {
            new Trim(site.node(), pace.keep(), times.wall(), nanoTime),
            new Trim(site.node(), pace.keep(), times.wall(), nanoTime)
        };
        var workers = new ArrayList<Worker>();
        workers.add(crew.start("orders", sender));
        workers.add(crew.start(ACKS, new Follower(Names.ACKS, acks, ledger, trims[0], nanoTime)));
        workers.add(crew.start("results", new Follower(Names.RESULTS, results, ledger, trims[1], nanoTime)));
        workers.add(crew.start("listening on " + Names.ACK_CHANNEL, new Ear(suspects)));
        suspects.start();
        link.start();
        var running = new Running(link, inboxes, List.copyOf(workers), suspects, ledger.watch(bell::ring));
        return new RedisBus(
                local,
                running,
                new RedisReception.Means(ledger, settlements, link),
                new Asked(new Beats(link, site.node()), single));
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        return local.drop(order);
    }

    @Override
    public Reception receive(String inbox) throws BusException {
        return running.inboxes().open(inbox, means);
    }

    @Override
    public Listening listen(String from) throws BusException {
        return local.listen(from);
    }

    @Override
    public void beat(Beat beat) throws BusException {
        asked.beats().beat(beat);
    }

    /**
     * Reads what a foreign agent left under a key: the fields of a hash, or those of a string that is a JSON object, or {@code ts} of
     * one that is seconds since 1970.
     *
     * @return empty if there is no such key
     * @throws IOException with the reason for people, if it can't be read now, or is something else
     */
    public Map<String, String> read(String key) throws IOException {
        return asked.beats().read(key);
    }

    /** What keeps single orders from being sent, while others are; for people. */
    public List<String> problems() {
        return asked.single().some(MOST_PROBLEMS);
    }

    @Override
    public Presence presence() {
        return running.link().presence();
    }

    @Override
    public void close() throws BusException {
        try {
            running.watch().close();
        } catch (Exception e) {
            throw new BusException(BusException.Kind.UNUSABLE, "the ledger can't be left alone: " + e.getMessage(), e);
        } finally {
            running.inboxes().close();
            running.workers().forEach(Worker::close);
            running.suspects().close();
            running.link().close();
            local.close();
        }
    }
}
