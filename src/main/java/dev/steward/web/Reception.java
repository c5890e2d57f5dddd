package dev.steward.web;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who is let in, and passes pings on. Knows nothing of the server, and is thread-safe. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT");

    /** A web page may make a name of its own lead to 127.0.0.1 (DNS rebinding), but it cannot choose the Host header then. */
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost");

    private final Registry registry;
    private final PingListener listener;
    private final LongSupplier nanoTime;
    private final Refused refused;

    Reception(Registry registry, PingListener listener, LongSupplier nanoTime) {
        this.registry = registry;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.refused = new Refused(nanoTime);
    }

    /**
     * A request without its body.
     *
     * @param path as it was sent
     * @param query as it was sent, or empty
     * @param host the header; empty where a client of HTTP/1.0 sent none
     * @param fromPage whether a web page made it, which a browser tells by the header Origin
     */
    record Head(String method, String path, String query, Optional<String> host, boolean fromPage) {}

    /** What comes of a request's head. */
    sealed interface Outcome {
        /** The body is of no interest. */
        record Turned(Answer answer) implements Outcome {}

        /** To be completed with the body, by {@link #take}. */
        record LetIn(Registry.Registration registration, PingTarget target, Optional<String> rid) implements Outcome {}
    }

    Outcome meet(Head head) {
        if (head.fromPage || !head.host.map(Reception::isLoopback).orElse(true)) {
            return turn(Answer.FORBIDDEN);
        }
        if (!METHODS.contains(head.method)) {
            return turn(Answer.WRONG_METHOD);
        }
        var target = PingTarget.of(head.path);
        // Looked up in any case: how long an answer takes tells nothing.
        var registration = registry.find(target.map(PingTarget::secret).orElse(head.path));
        if (target.isEmpty() || registration.isEmpty()) {
            return turn(Answer.NOT_FOUND);
        }
        try {
            return new Outcome.LetIn(registration.get(), target.get(), PingTarget.rid(head.query));
        } catch (PingTarget.InvalidRid e) {
            return turn(Answer.INVALID_RID);
        }
    }

    private Outcome turn(Answer answer) {
        refused.note();
        return new Outcome.Turned(answer);
    }

    private static boolean isLoopback(String host) {
        return HOSTS.contains(host.replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT));
    }

    Answer take(Outcome.LetIn guest, Body body) {
        var target = guest.target;
        var ping = new Ping(target.kind(), target.exitStatus(), guest.rid, body.text(), body.isCut());
        var registration = guest.registration;
        synchronized (registration) {
            return switch (registration.throttle().decide(target.kind(), nanoTime.getAsLong())) {
                case PASS_ON -> passOn(registration, ping);
                case SAID_ALREADY -> Answer.OK;
                case TOO_MANY -> Answer.TOO_MANY;
            };
        }
    }

    private Answer passOn(Registry.Registration registration, Ping ping) {
        try {
            listener.pinged(registration.agent(), registration.incarnation(), ping);
            return Answer.OK;
        } catch (RuntimeException e) {
            LOG.error("{}: a ping could not be taken", registration.agent(), e);
            return Answer.FAILED;
        }
    }

    long refused() {
        return refused.count();
    }
}
