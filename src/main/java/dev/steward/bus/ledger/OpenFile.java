package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import dev.steward.store.SqliteFile;
import dev.steward.store.StoreException;

/**
 * The file as it was when it was opened.
 *
 * @param key tells it from another one of the same name
 */
record OpenFile(SqliteFile file, Object key) {
    static OpenFile of(SqliteFile file) throws BusException {
        try {
            return new OpenFile(file, file.key().orElseThrow(() -> Trouble.gone(file)));
        } catch (StoreException e) {
            throw Trouble.of(e);
        }
    }

    /** Fails unless it is still this one that lies there: what is written to another one is lost. */
    void check() throws BusException {
        try {
            if (!file.key().filter(key::equals).isPresent()) {
                throw Trouble.gone(file);
            }
        } catch (StoreException e) {
            throw Trouble.of(e);
        }
    }
}
