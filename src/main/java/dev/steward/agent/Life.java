package dev.steward.agent;

import dev.steward.bus.Beat;
import dev.steward.bus.remote.DaemonBus;
import java.time.Instant;
import java.util.Optional;

/** Puts the parts of the agent together. */
final class Life implements AutoCloseable {
    private final Options options;
    private final Self self;
    private final Log log;
    private final Beats.Time time;
    private final Signals signals = new Signals();
    private final DaemonBus bus;
    private final Optional<Receiving> receiving;

    Life(Options options, Self self, Log log, Beats.Time time) {
        this.options = options;
        this.self = self;
        this.log = log;
        this.time = time;
        this.bus = new DaemonBus(options.home(), time.nanoTime(), signals::lost);
        this.receiving = options.inbox().map(inbox -> new Receiving(bus, inbox, self, log, time));
    }

    /** Beats on this thread until it is told to stop. */
    void run(Mailbox mailbox) throws InterruptedException {
        var back = new Alarm();
        begin(mailbox, "link", new Link(bus, signals, mailbox::put, () -> {
            back.raise();
            receiving.ifPresent(Receiving::connected);
        }));
        begin(mailbox, "ears", new Ears(bus, self.name(), log, back));
        receiving.ifPresent(each -> begin(mailbox, "receiving", each));
        var file = options.heartbeat().map(each -> new HeartbeatFile(each, self));
        new Beats(self.name(), file, log, (iter, at) -> signals.beat(beat(iter, at)), time)
                .run(options.every(), mailbox);
    }

    private Beat beat(long iter, Instant at) {
        return new Beat(self.name(), at, iter, self.pid(), self.incarnation(), self.boot(), options.every());
    }

    private static void begin(Mailbox mailbox, String name, Runnable part) {
        Thread.ofPlatform()
                .name(name)
                .daemon()
                .uncaughtExceptionHandler((_, why) -> mailbox.put(new Event.Fault(name, why)))
                .start(part);
    }

    /** Leaves all in order, for one that goes on without the agent; a process that ends needs no such care. */
    @Override
    public void close() {
        bus.close();
        receiving.ifPresent(Receiving::close);
    }
}
