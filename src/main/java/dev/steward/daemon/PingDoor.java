package dev.steward.daemon;

import dev.steward.supervise.PingAddresses;
import dev.steward.supervise.Sign;
import dev.steward.web.Ping;
import dev.steward.web.Pings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Opens HTTP for agents that ping, once there is one: until then nothing of it is loaded. It listens before the first such agent starts,
 * and answers once all agents have been looked at. Thread-safe.
 */
final class PingDoor implements PingAddresses, AutoCloseable {
    private static final int KEPT = 2000;

    /** Who is told of a sign of life. */
    interface Heard {
        void heard(String agent, String incarnation, Sign sign);
    }

    private final Path home;
    private final LongSupplier nanos;
    private Optional<Pings> pings = Optional.empty();
    private volatile Optional<Heard> listener = Optional.empty();

    PingDoor(Path home, LongSupplier nanos) {
        this.home = home;
        this.nanos = nanos;
    }

    @Override
    public synchronized String register(String agent, String incarnation) throws IOException {
        var open = pings.isPresent() ? pings.get() : Pings.open(home, this::pinged, nanos);
        pings = Optional.of(open);
        if (listener.isPresent()) {
            open.serve();
        }
        return open.register(agent, incarnation);
    }

    @Override
    public synchronized void forget(String agent) {
        pings.ifPresent(open -> open.forget(agent));
    }

    /** From now on pings are answered, and told to somebody. */
    synchronized void answer(Heard heard) {
        listener = Optional.of(heard);
        pings.ifPresent(Pings::serve);
    }

    private void pinged(String agent, String incarnation, Ping ping) {
        listener.ifPresent(heard -> {
            switch (ping.kind()) {
                case BEAT -> heard.heard(agent, incarnation, new Sign.Beat());
                case START -> heard.heard(agent, incarnation, new Sign.Begun());
                case FAIL -> heard.heard(agent, incarnation, new Sign.Failed(told(ping)));
            }
        });
    }

    private static String told(Ping ping) {
        var status = ping.exitStatus().isPresent()
                ? " with status " + ping.exitStatus().getAsInt()
                : "";
        var body = Sign.line(ping.body(), KEPT);
        return "it pinged that it failed" + status + (body.isEmpty() ? "" : ": " + body);
    }

    /** What people should know, in whole sentences; usually nothing. */
    synchronized List<String> troubles() {
        return pings.map(Pings::troubles).orElse(List.of());
    }

    /** Not under the lock: a ping that is just being told waits for nobody, and the server waits for it. */
    @Override
    public void close() throws IOException {
        var open = opened();
        if (open.isPresent()) {
            open.get().close();
        }
    }

    private synchronized Optional<Pings> opened() {
        return pings;
    }
}
