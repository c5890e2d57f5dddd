package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import dev.steward.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/** Connections that read: made when they are needed, a few at most, whoever comes then waits. */
final class Readers {
    private static final int MOST = 3;

    private final OpenFile file;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Deque<Statements> idle = new ArrayDeque<>();
    private boolean closed;

    Readers(OpenFile file) {
        this.file = file;
    }

    /** What is asked of the tables. */
    interface Query<T> {
        T run(Statements on) throws SQLException;
    }

    <T> T read(Query<T> query) throws BusException {
        file.check();
        free.acquireUninterruptibly();
        try {
            var statements = take();
            try {
                return query.run(statements);
            } catch (SQLException e) {
                throw Trouble.of(file.file(), "reading", e);
            } finally {
                giveBack(statements);
            }
        } catch (SQLException e) {
            throw Trouble.of(file.file(), "closing", e);
        } catch (StoreException e) {
            throw Trouble.of(e);
        } finally {
            free.release();
        }
    }

    private synchronized Statements take() throws BusException, StoreException {
        if (closed) {
            throw Trouble.closed(file.file());
        }
        var known = idle.poll();
        return known == null ? new Statements(file.file().read()) : known;
    }

    private synchronized void giveBack(Statements statements) throws SQLException {
        if (closed) {
            statements.close();
        } else {
            idle.push(statements);
        }
    }

    synchronized void close() throws BusException {
        closed = true;
        try {
            while (!idle.isEmpty()) {
                idle.pop().close();
            }
        } catch (SQLException e) {
            throw Trouble.of(file.file(), "closing", e);
        }
    }
}
