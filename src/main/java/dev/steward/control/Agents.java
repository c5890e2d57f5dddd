package dev.steward.control;

import dev.steward.posix.Signal;
import dev.steward.supervise.AgentStatus;
import dev.steward.supervise.Supervisor;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the socket can ask of supervision; the promises are those of {@link Supervisor}. */
public interface Agents {
    List<AgentStatus> status();

    List<AgentStatus> freshStatus();

    CompletableFuture<List<AgentStatus>> start(List<String> names);

    CompletableFuture<List<AgentStatus>> stop(List<String> names);

    CompletableFuture<List<AgentStatus>> restart(List<String> names);

    boolean signal(String name, Signal signal);

    static Agents of(Supervisor supervisor) {
        return new Agents() {
            @Override
            public List<AgentStatus> status() {
                return supervisor.status();
            }

            @Override
            public List<AgentStatus> freshStatus() {
                return supervisor.freshStatus();
            }

            @Override
            public CompletableFuture<List<AgentStatus>> start(List<String> names) {
                return supervisor.start(names);
            }

            @Override
            public CompletableFuture<List<AgentStatus>> stop(List<String> names) {
                return supervisor.stop(names);
            }

            @Override
            public CompletableFuture<List<AgentStatus>> restart(List<String> names) {
                return supervisor.restart(names);
            }

            @Override
            public boolean signal(String name, Signal signal) {
                return supervisor.signal(name, signal);
            }
        };
    }
}
