package dev.steward.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** An inbox has one name, one receiver and one worker; names of inboxes compare without case. */
final class InboxesChecks {
    private final RootSection root;
    private final Scope at;
    /** Who receives an inbox, for people, by its name as names are compared. */
    private final Map<String, String> receivers = new HashMap<>();

    InboxesChecks(RootSection root, Scope at) {
        this.root = root;
        this.at = at;
    }

    void run() {
        checkInboxes();
        root.agents().forEach(this::checkAgent);
        checkWorkers();
    }

    private void checkInboxes() {
        var names = new HashMap<String, String>();
        for (var name : root.inboxes().keySet()) {
            var other = names.putIfAbsent(plain(name), name);
            if (other != null) {
                at.key("inboxes")
                        .key(name)
                        .problem(
                                "differs from the inbox " + other + " in upper and lower case alone",
                                "names of inboxes compare without case: keep one of them");
            }
            receivers.put(plain(name), "the daemon (inboxes)");
        }
    }

    private void checkAgent(String name, AgentSection agent) {
        ReceivingAgent.inbox(agent).ifPresent(inbox -> {
            var other = receivers.putIfAbsent(plain(inbox), "the agent " + name);
            if (other != null) {
                at.key("agents")
                        .key(name)
                        .key("command")
                        .problem(
                                "--inbox " + Shown.of(inbox) + ": " + other + " receives that inbox already",
                                "an inbox has one receiver: keep one of them");
            }
        });
    }

    private void checkWorkers() {
        var names = new HashMap<String, String>();
        var handlers = new HashMap<String, String>();
        root.workers().forEach((name, worker) -> {
            var place = at.key("workers").key(name);
            var other = names.putIfAbsent(plain(name), name);
            if (other != null) {
                place.problem(
                        "differs from the worker " + other + " in upper and lower case alone", "rename one of them");
            }
            worker.inbox().ifPresent(inbox -> {
                var handler = handlers.putIfAbsent(plain(inbox), name);
                if (handler != null) {
                    place.key("inbox")
                            .problem(
                                    "the worker " + handler + " handles the orders of " + inbox + " already",
                                    "keep one of them; concurrency says how many orders it handles at a time");
                }
            });
        });
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
