package dev.steward.bus.remote;

import dev.steward.bus.Accepted;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Presence;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import java.nio.file.Path;

/**
 * The daemon's bus, used from another process. Needs nothing but the JDK. What is opened here has a connection of its own. When the
 * daemon is gone or hangs, whatever is under way fails with {@code UNAVAILABLE}, and so does all that follows: connect anew.
 * Thread-safe.
 */
public final class RemoteBus implements Bus {
    private final Path home;
    private final Wire wire;

    private RemoteBus(Path home, Wire wire) {
        this.home = home;
        this.wire = wire;
    }

    /**
     * Connects to the daemon of a home; takes three seconds at most.
     *
     * @param home absolute
     * @throws BusException {@code UNAVAILABLE} if none answers there, {@code UNUSABLE} if it is of another version
     */
    public static RemoteBus connect(Path home) throws BusException {
        return connect(home, Patience.USUAL);
    }

    static RemoteBus connect(Path home, Patience patience) throws BusException {
        return new RemoteBus(home, Wire.to(home, patience));
    }

    /** Where the node keeps its things. */
    public Site site() {
        return wire.site();
    }

    /** Runs it once the daemon is gone or hangs, or this was closed; on a thread that must not be held up. */
    public void whenEnded(Runnable action) {
        wire.whenEnded(action);
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        return Answers.dropped(answer(new Request.Drop(order)));
    }

    @Override
    public void beat(Beat beat) throws BusException {
        Answers.done(answer(new Request.ShowBeat(beat)));
    }

    @Override
    public Presence presence() throws BusException {
        return Answers.presence(answer(new Request.AskPresence()));
    }

    private Reply answer(Request request) throws BusException {
        return wire.ask(request).only(wire.patience().answer());
    }

    @Override
    public Reception receive(String inbox) throws BusException {
        return new RemoteReception(opened(new Request.Receive(inbox)));
    }

    @Override
    public Listening listen(String from) throws BusException {
        return new RemoteListening(opened(new Request.Listen(from)));
    }

    private Held opened(Request request) throws BusException {
        var own = new Held(Wire.to(home, wire.patience()));
        try {
            Answers.done(own.answer(request));
            return own;
        } catch (BusException e) {
            own.close();
            throw e;
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
