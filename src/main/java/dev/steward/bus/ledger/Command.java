package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import java.sql.SQLException;

/** A change, run by the writer within a transaction; if it throws, nothing of it was done. It may be run more than once. */
interface Command<T> {
    T run(Transaction in) throws SQLException, BusException;
}
