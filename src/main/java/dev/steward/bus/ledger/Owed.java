package dev.steward.bus.ledger;

import java.util.Map;

/**
 * A record that the audit trail is to get, kept since the change that it tells of was committed.
 *
 * @param seq grows without a gap that matters; written into the record as {@code bus_seq}, so that one that was carried twice is told
 * @param event for example {@code wo_drop}
 * @param fields in the order in which they are written: strings and numbers
 */
public record Owed(long seq, String event, Map<String, Object> fields) {}
