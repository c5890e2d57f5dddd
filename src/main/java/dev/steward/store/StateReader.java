package dev.steward.store;

import java.util.List;

/**
 * Reads what a node remembers. Any thread may call; a read sees whole batches only. Every method throws {@link
 * StoreException} if the database cannot be read, and {@link IllegalArgumentException} for a negative limit.
 */
public interface StateReader extends AutoCloseable {
    /** All agents, by name. */
    List<AgentRow> agents() throws StoreException;

    /** The last {@code limit} transitions of an agent, oldest first. */
    List<TransitionRow> history(String agent, int limit) throws StoreException;

    /** The first {@code limit} transitions of all agents whose {@code seq} is greater than this one, oldest first. */
    List<TransitionRow> transitionsAfter(long seq, int limit) throws StoreException;

    /** The {@code seq} of the last transition of all agents; 0 if there is none. */
    long lastSeq() throws StoreException;

    /** The last {@code limit} incidents, newest first; only those that are open, if so asked. */
    List<IncidentRow> incidents(boolean openOnly, int limit) throws StoreException;

    /** What is remembered of logs, by path; nothing, where an older Steward wrote it. */
    List<RotationRow> rotations() throws StoreException;

    @Override
    void close() throws StoreException;
}
