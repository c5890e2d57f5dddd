package dev.steward.bus.remote;

import dev.steward.bus.Bus.Listening;
import dev.steward.bus.Bus.Reception;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import java.util.Optional;

/** What a client opened on its connection: at most one thing. Thread-safe. */
final class Opened {
    private Optional<Reception> reception = Optional.empty();
    private Optional<Listening> listening = Optional.empty();
    private boolean ended;

    void keep(Reception opened) throws BusException {
        if (!keep(Optional.of(opened), Optional.empty())) {
            opened.close();
            throw refused();
        }
    }

    void keep(Listening opened) throws BusException {
        if (!keep(Optional.empty(), Optional.of(opened))) {
            opened.close();
            throw refused();
        }
    }

    private synchronized boolean keep(Optional<Reception> receiving, Optional<Listening> hearing) {
        if (ended || reception.isPresent() || listening.isPresent()) {
            return false;
        }
        reception = receiving;
        listening = hearing;
        return true;
    }

    synchronized Reception reception() throws BusException {
        return reception.orElseThrow(Opened::refused);
    }

    synchronized Listening listening() throws BusException {
        return listening.orElseThrow(Opened::refused);
    }

    private static BusException refused() {
        return new BusException(Kind.REFUSED, "a connection opens one inbox or listens once, before it asks for more");
    }

    void close() throws BusException {
        Optional<Reception> receiving;
        Optional<Listening> hearing;
        synchronized (this) {
            receiving = reception;
            hearing = listening;
            reception = Optional.empty();
            listening = Optional.empty();
        }
        if (receiving.isPresent()) {
            receiving.get().close();
        }
        if (hearing.isPresent()) {
            hearing.get().close();
        }
    }

    void end() throws BusException {
        synchronized (this) {
            ended = true;
        }
        close();
    }
}
