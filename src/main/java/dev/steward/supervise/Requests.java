package dev.steward.supervise;

import dev.steward.store.AgentRow.Asked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What people ask of agents, in the order that needs dictate. Confined to the supervising thread. */
final class Requests {
    private final Loop loop;
    private final Needs needs;
    private final Map<String, Agent> agents;
    /** Who is to stop as soon as nobody who needs it runs. */
    private final Map<Agent, Event> pending = new LinkedHashMap<>();

    private final List<Promise> promises = new ArrayList<>();

    Requests(Loop loop, Needs needs, Map<String, Agent> agents) {
        this.loop = loop;
        this.needs = needs;
        this.agents = agents;
    }

    private record Promise(Collection<Agent> agents, Predicate<Agent> kept, CompletableFuture<Void> future) {}

    CompletableFuture<Void> start(Collection<Agent> targets) {
        for (var agent : needs.withNeeds(targets)) {
            withdraw(agent);
            if (targets.contains(agent) || agent.asked.equals(Optional.of(Asked.STOP))) {
                ask(agent, Asked.START);
            }
            loop.handle(agent, new Event.Start());
        }
        return promise(targets, this::hasArrived);
    }

    CompletableFuture<Void> stop(Collection<Agent> targets) {
        targets.forEach(agent -> ask(agent, Asked.STOP));
        halt(targets, new Event.Stop());
        // Whoever was asked to run again meanwhile is waited for no more.
        return promise(targets, agent -> hasStopped(agent) || agent.asked.equals(Optional.of(Asked.START)));
    }

    CompletableFuture<Void> restart(Collection<Agent> targets) {
        targets.forEach(agent -> ask(agent, Asked.START));
        halt(targets, new Event.Restart());
        return promise(targets, this::hasArrived);
    }

    private void ask(Agent agent, Asked asked) {
        agent.asked = Optional.of(asked);
        loop.remember(agent);
    }

    /** Everything stops, and nobody's wish is changed. */
    CompletableFuture<Void> down() {
        var all = List.copyOf(agents.values());
        halt(all, new Event.Stop());
        return promise(all, this::hasStopped);
    }

    /** New incarnations for those whose section changed: no wish of anybody. */
    void replace(Collection<Agent> targets) {
        halt(targets, new Event.Restart());
    }

    void remove(Collection<Agent> targets) {
        targets.forEach(agent -> agent.removed = true);
        halt(targets, new Event.Stop());
    }

    /** One that was to go stays, and runs unless somebody has stopped it. */
    void comeBack(Agent agent) {
        withdraw(agent);
        if (!agent.asked.equals(Optional.of(Asked.STOP))) {
            loop.handle(agent, new Event.Start());
        }
    }

    private void halt(Collection<Agent> targets, Event event) {
        needs.dependents(targets).forEach(agent -> pending.putIfAbsent(agent, new Event.StepAside()));
        targets.forEach(agent -> pending.put(agent, event));
        pending.keySet().forEach(agent -> agent.leaving = true);
        advance();
    }

    private @Nullable Event withdraw(Agent agent) {
        agent.leaving = false;
        return pending.remove(agent);
    }

    private CompletableFuture<Void> promise(Collection<Agent> who, Predicate<Agent> kept) {
        var promise = new Promise(List.copyOf(who), kept, new CompletableFuture<>());
        promises.add(promise);
        keepPromises();
        return promise.future;
    }

    /** To be called whenever an agent has changed. */
    void advance() {
        for (var agent : List.copyOf(pending.keySet())) {
            if (!needs.inUse(agent)) {
                var event = withdraw(agent);
                if (event != null) {
                    loop.handle(agent, event);
                }
            }
        }
        keepPromises();
    }

    private void keepPromises() {
        for (var promise : List.copyOf(promises)) {
            if (promise.agents.stream().allMatch(promise.kept)) {
                promises.remove(promise);
                promise.future.complete(null);
            }
        }
    }

    private boolean hasStopped(Agent agent) {
        return agent.atRest() && !pending.containsKey(agent);
    }

    /** Whether it is where it will be for now: up, or kept from it by something that takes its time. */
    private boolean hasArrived(Agent agent) {
        return !pending.containsKey(agent)
                && switch (agent.state()) {
                    case State.Up _, State.BackingOff _, State.Ended _, State.Failed _, State.Stopped _ -> true;
                    case State.Spawning _, State.Clearing _, State.Starting _, State.Stopping _ -> false;
                    case State.Waiting _ ->
                        needs.missing(agent).stream()
                                .map(agents::get)
                                .allMatch(need -> need == null || hasArrived(need));
                };
    }
}
