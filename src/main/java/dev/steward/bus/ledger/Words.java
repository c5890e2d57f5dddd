package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import java.util.Optional;

/** Words that somebody keeps in the ledger. Thread-safe. */
public interface Words {
    /** A word that somebody keeps here, for example up to where an acknowledgement stream was read. */
    Optional<String> remembered(String key) throws BusException;

    /** Keeps a word. */
    void remember(String key, String value) throws BusException;
}
