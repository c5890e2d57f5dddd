package dev.steward.cli;

import dev.steward.bus.Accepted;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Presence;
import dev.steward.bus.Site;
import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.local.KnownInboxes;
import dev.steward.bus.local.LocalBus;
import dev.steward.bus.remote.RemoteBus;
import dev.steward.config.BusConfig;
import dev.steward.config.ConfigException;
import dev.steward.config.Configuration;
import dev.steward.config.InboxUse;
import dev.steward.control.ControlException;
import dev.steward.control.Question;
import dev.steward.orders.Draft;
import dev.steward.orders.Dropper;
import dev.steward.orders.OrderException;
import dev.steward.orders.Payload;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/** The node's bus as a command reaches it: the daemon's, or, while none runs, on the ledger alone. */
sealed interface OrderBus extends AutoCloseable {
    /**
     * Drops an order.
     *
     * @throws OrderException if it can't become one
     * @throws BusException if the bus did not take it
     */
    Accepted drop(Draft draft, Payload payload) throws OrderException, BusException, Failure;

    /** What people should know of the way of an order that was just dropped. */
    Optional<String> remark() throws BusException;

    /** What people should know if nobody of this node receives the order. */
    Optional<String> unreceived(String id) throws BusException;

    @Override
    void close() throws BusException;

    static OrderBus open(Root root) throws Failure, BusException, ConfigException, IOException {
        var home = root.home().folder();
        try (var daemons = RemoteBus.connect(home)) {
            var site = daemons.site();
            // Goes on past a daemon that dies just then.
            var bus = new LocalBus(home, root.caller().clock(), System::nanoTime);
            return new Daemons(root, bus, dropper(root, bus, site));
        } catch (BusException e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throw e;
            }
            return own(root, String.valueOf(e.getMessage()));
        }
    }

    private static OrderBus own(Root root, String why) throws Failure, BusException, ConfigException, IOException {
        var configuration = root.configuration();
        var ledger = OrderLedger.of(root, configuration);
        var site = new Site(
                configuration.node(),
                configuration.paths().inbox(),
                root.home().spool(),
                configuration.orders().maxBody().bytes());
        received(configuration).keepIn(ledger.ledger());
        var waits = configuration.bus() instanceof BusConfig.Redis
                ? "the order waits here to be sent over Redis: "
                : "the order waits here: ";
        return new Own(ledger, dropper(root, new EmbeddedBus(ledger.ledger()), site), waits + why);
    }

    private static KnownInboxes received(Configuration configuration) {
        return new KnownInboxes(
                configuration.inboxUses().stream().map(InboxUse::inbox).toList());
    }

    private static Dropper dropper(Root root, Bus bus, Site site) {
        return new Dropper(bus, site, new Dropper.Ink(root.caller().clock(), Caller.zone(), new SecureRandom()));
    }

    /** Through the daemon. */
    record Daemons(Root root, LocalBus bus, Dropper dropper) implements OrderBus {
        @Override
        public Accepted drop(Draft draft, Payload payload) throws OrderException, BusException {
            return dropper.drop(draft, payload);
        }

        @Override
        public Optional<String> remark() throws BusException {
            return switch (bus.presence()) {
                case Presence.Connected _ -> Optional.empty();
                case Presence.Away away -> Optional.of("the order waits here until the bus is back: " + away.reason());
            };
        }

        @Override
        public Optional<String> unreceived(String id) {
            try {
                var order = root.ask(Question.of("order").with("id", id).with("format", "json"));
                return order.json().equals("null") ? Optional.empty() : order.textOrNull("unreceived");
            } catch (Failure | ControlException e) {
                // The order is dropped, whether or not this can be told.
                return Optional.empty();
            }
        }

        @Override
        public void close() throws BusException {
            bus.close();
        }
    }

    /** On the ledger alone. */
    record Own(OrderLedger ledger, Dropper dropper, String told) implements OrderBus {
        @Override
        public Accepted drop(Draft draft, Payload payload) throws OrderException, BusException, Failure {
            var accepted = dropper.drop(draft, payload);
            ledger.tellTheAuditTrail();
            return accepted;
        }

        @Override
        public Optional<String> remark() {
            return Optional.of(told);
        }

        @Override
        public Optional<String> unreceived(String id) throws BusException {
            return ledger.report().unreceived(id);
        }

        @Override
        public void close() throws BusException {
            ledger.close();
        }
    }
}
