package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.store.SqliteFile;
import dev.steward.store.StoreException;
import java.sql.SQLException;

/** Says what a failure of the database means to the bus. */
final class Trouble {
    private Trouble() {}

    static BusException of(SqliteFile file, String doing, SQLException e) {
        return of(file.failure(doing, e));
    }

    static BusException of(StoreException e) {
        var kind = switch (e.kind()) {
            case FULL -> Kind.FULL;
            case DAMAGED, OTHER_VERSION -> Kind.UNUSABLE;
            case MISSING, UNAVAILABLE -> Kind.UNAVAILABLE;
        };
        return new BusException(kind, String.valueOf(e.getMessage()), e);
    }

    static BusException gone(SqliteFile file) {
        return new BusException(
                Kind.UNUSABLE,
                file.path()
                        + ": it was deleted, moved away or replaced while this process had it open, so nothing more is"
                        + " read or written. Put it back, or restart the daemon to go on with what lies there now");
    }

    static BusException closed(SqliteFile file) {
        return new BusException(Kind.UNAVAILABLE, file.path() + ": this process has closed it already");
    }
}
