package dev.steward.orders.work;

import dev.steward.bus.ledger.Ledger;
import dev.steward.config.WorkerConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers as they are configured. For the loop's thread alone. */
final class Crew {
    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    private final Ledger ledger;
    private final Runnable changed;
    private final Map<String, Worker> workers = new LinkedHashMap<>();
    private final List<AutoCloseable> watches = new ArrayList<>();
    private String problem = "";

    /** @param changed called when there may be something to do, from any thread */
    Crew(Ledger ledger, Runnable changed) {
        this.ledger = ledger;
        this.changed = changed;
    }

    /** Takes up a configuration: what has not changed stays as it is. */
    void take(List<WorkerConfig> configs) {
        var former = Map.copyOf(workers);
        workers.clear();
        for (var config : configs) {
            var present = former.get(config.name());
            workers.put(config.name(), present != null && present.config.equals(config) ? present : new Worker(config));
        }
        stopWatching();
        workers.values().stream()
                .map(Worker::inbox)
                .distinct()
                .forEach(inbox -> watches.add(ledger.watch(inbox, changed)));
        changed.run();
    }

    Collection<Worker> all() {
        return List.copyOf(workers.values());
    }

    boolean isEmpty() {
        return workers.isEmpty();
    }

    /** By which an attempt of that worker goes on. */
    Rules rules(String worker) {
        var present = workers.get(worker);
        return present == null ? Rules.none() : present.rules;
    }

    /** What hinders all of them, for people; empty if nothing does. */
    void problem(String why) {
        if (!why.isEmpty() && !why.equals(problem)) {
            LOG.warn("Workers: {}", why);
        }
        problem = why;
    }

    /** In the order of the configuration; those that are configured no more, but handle something, come last. */
    List<WorkerStatus> status(Collection<Attempt> attempts) {
        var all = new ArrayList<WorkerStatus>();
        for (var worker : workers.values()) {
            all.add(status(worker.name(), attempts, worker));
        }
        attempts.stream()
                .map(attempt -> attempt.origin.worker())
                .filter(name -> !workers.containsKey(name))
                .distinct()
                .forEach(name ->
                        all.add(new WorkerStatus(name, "", 0, handling(name, attempts), problem(name, attempts, ""))));
        return all;
    }

    private WorkerStatus status(String name, Collection<Attempt> attempts, Worker worker) {
        return new WorkerStatus(
                name,
                worker.config.inbox(),
                worker.config.concurrency(),
                handling(name, attempts),
                problem(name, attempts, worker.problem()));
    }

    private static List<WorkerStatus.Handling> handling(String worker, Collection<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.origin.worker().equals(worker))
                .map(attempt -> new WorkerStatus.Handling(
                        attempt.id,
                        attempt.files.number(),
                        attempt.main.isPresent() ? attempt.main.get().pid() : 0,
                        attempt.since()))
                .toList();
    }

    private String problem(String worker, Collection<Attempt> attempts, String own) {
        if (!problem.isEmpty()) {
            return problem;
        }
        return own.isEmpty()
                ? attempts.stream()
                        .filter(attempt -> attempt.origin.worker().equals(worker))
                        .map(attempt -> attempt.problem)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("")
                : own;
    }

    private void stopWatching() {
        for (var watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                LOG.warn("A watch on the ledger cannot be ended: {}", e.getMessage());
            }
        }
        watches.clear();
    }

    void close() {
        stopWatching();
    }
}
