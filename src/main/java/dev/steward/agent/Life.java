package dev.steward.agent;

import dev.steward.bus.Beat;
import dev.steward.bus.remote.DaemonBus;

/** Puts the parts of the agent together. */
record Life(Options options, Self self, Log log, Beats.Time time) {
    /** Beats on this thread until it is told to stop. The other threads go on until the process ends. */
    void run(Mailbox mailbox) throws InterruptedException {
        var signals = new Signals();
        var bus = new DaemonBus(options.home(), time.nanoTime(), signals::lost);
        var ears = new Ears(bus, self.name(), log);
        var receiving = options.inbox().map(inbox -> new Receiving(bus, inbox, self, log, time));
        begin("link", new Link(bus, signals, mailbox::put, () -> {
            ears.connected();
            receiving.ifPresent(Receiving::connected);
        }));
        begin("ears", ears);
        receiving.ifPresent(each -> begin("receiving", each));
        new Beats(
                        self.name(),
                        options.heartbeat().map(file -> new HeartbeatFile(file, self)),
                        log,
                        (iter, at) -> signals.beat(new Beat(
                                self.name(), at, iter, self.pid(), self.incarnation(), self.boot(), options.every())),
                        time)
                .run(options.every(), mailbox);
    }

    private static void begin(String name, Runnable part) {
        Thread.ofPlatform().name(name).daemon().start(part);
    }
}
