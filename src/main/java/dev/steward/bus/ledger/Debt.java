package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import java.util.List;
import java.util.Map;

/** What the ledger owes to the audit trail. Thread-safe. */
public interface Debt extends Words {
    /** What is owed to the audit trail, oldest first. */
    List<Owed> owed(int most) throws BusException;

    /** It has them, up to this one, and this word is kept: both or none. */
    void recorded(long upTo, String key, String word) throws BusException;

    /** Owes a record of something else to the audit trail. */
    void owe(String event, Map<String, Object> fields) throws BusException;
}
