package dev.steward.supervise;

import dev.steward.config.Configuration;
import dev.steward.posix.Signal;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Front door of supervision: keeps the configured agents in the state that was asked for. One thread owns all of them; every
 * method may be called from any thread, and hands its work to that one.
 */
public final class Supervisor implements AutoCloseable {

    /** The agents as they are now, in the order of the configuration. */
    public List<AgentStatus> status() {
        return List.of();
    }

    /**
     * Starts agents, and what they need. What is asked for is remembered.
     *
     * @return completes when each of them is up, or cannot be for now (ended, failed, backing off, waiting for what it needs)
     * @throws UnknownAgent if one is not configured; nothing is started then
     */
    public CompletableFuture<List<AgentStatus>> start(List<String> names) {
        return CompletableFuture.completedFuture(status());
    }

    /**
     * Stops agents; those that need them step aside first, and come back with them. What is asked for is remembered.
     *
     * @return completes when nothing of them lives, or what could be done was done
     * @throws UnknownAgent if one is not configured; nothing is stopped then
     */
    public CompletableFuture<List<AgentStatus>> stop(List<String> names) {
        return CompletableFuture.completedFuture(status());
    }

    /**
     * Replaces the incarnations of agents, and starts those that do not run.
     *
     * @return completes as {@link #start} does, for the new incarnations
     * @throws UnknownAgent if one is not configured; nothing is restarted then
     */
    public CompletableFuture<List<AgentStatus>> restart(List<String> names) {
        return CompletableFuture.completedFuture(status());
    }

    /**
     * Sends a signal to an agent's main process.
     *
     * @return whether there was one
     * @throws UnknownAgent if it is not configured
     */
    public boolean signal(String name, Signal signal) {
        return false;
    }

    /** Takes up a new configuration: only agents whose section changed are touched. */
    public Reconfigured reconfigure(Configuration configuration) {
        return new Reconfigured(List.of(), List.of(), List.of(), List.of());
    }

    /**
     * What a new configuration did.
     *
     * @param replaced runs anew, since what its process sees has changed
     * @param adjusted goes on under new rules
     */
    public record Reconfigured(List<String> added, List<String> removed, List<String> replaced, List<String> adjusted) {
        public boolean nothing() {
            return added.isEmpty() && removed.isEmpty() && replaced.isEmpty() && adjusted.isEmpty();
        }
    }

    /**
     * Stops every agent, dependents first. This is not remembered: the next daemon starts what was to run.
     *
     * @return completes when all are at rest
     */
    public CompletableFuture<Void> down() {
        return CompletableFuture.completedFuture(null);
    }

    /** Kills at once whatever is being stopped. */
    public void hurry() {}

    /** Ends supervision; agents that run go on, and the next daemon adopts them. */
    @Override
    public void close() {}
}
