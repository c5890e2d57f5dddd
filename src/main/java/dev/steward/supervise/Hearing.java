package dev.steward.supervise;

import dev.steward.posix.Datagram;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where agents are heard: gives them what they speak to, and has what they say mean something if it is of the present incarnation. */
final class Hearing {
    private final Loop loop;
    private final Map<String, Agent> agents;
    private final Surroundings surroundings;
    private final NotifySockets sockets;
    private final Meanings meanings;

    Hearing(Loop loop, Map<String, Agent> agents, Surroundings surroundings, Posix posix, Meanings meanings) {
        this.loop = loop;
        this.agents = agents;
        this.surroundings = surroundings;
        this.meanings = meanings;
        sockets = new NotifySockets(posix::datagrams, new Senders(posix.processes()), this::notified, loop::now);
    }

    /** Before an agent's process is made: it may speak at once. */
    void open(Agent agent) throws IOException {
        if (Addresses.speaksNotify(agent.config())) {
            sockets.open(agent.name(), Addresses.notifySocket(surroundings.run(), agent.name()));
        }
    }

    /** For an incarnation that has its addresses from an earlier daemon. */
    void openAgain(Agent agent, Incarnation incarnation) throws IOException {
        open(agent);
        if (Addresses.pings(agent.config())) {
            surroundings.reach().pings().register(agent.name(), incarnation.id());
        }
    }

    /** A new incarnation, of which nothing was heard yet. */
    void begin(Agent agent, Incarnation incarnation, Optional<Pulse> pulse) {
        meanings.begin(agent, incarnation, pulse);
    }

    /** Has all that was sent to an agent's socket heard, and then this done, on another thread. */
    void drain(String agent, Runnable then) {
        sockets.drain(agent, then);
    }

    /** That agent is no more. */
    void close(String agent) {
        sockets.close(agent);
        surroundings.reach().pings().forget(agent);
    }

    /** Returns when nobody is heard any more, and all that was heard is posted. */
    void end(boolean leaveSockets) {
        sockets.end(leaveSockets);
    }

    /** Where agents that run now leave their beats. */
    Map<String, BeatPlace> beatPlaces() {
        var places = new HashMap<String, BeatPlace>();
        for (var agent : agents.values()) {
            if (agent.main.isPresent()) {
                BeatPlace.of(agent.config().heartbeat()).ifPresent(place -> places.put(agent.name(), place));
            }
        }
        return places;
    }

    void saw(String name, BeatFile.Look look) {
        Optional.ofNullable(agents.get(name)).ifPresent(agent -> meanings.saw(agent, look));
    }

    void heard(String name, String incarnation, Sign sign) {
        var agent = agents.get(name);
        if (agent != null && agent.runs(incarnation)) {
            meanings.heard(agent, sign);
        }
    }

    /** On the receiving thread: who it was is known, and whether that is somebody of the agent is judged after what came before. */
    private void notified(String name, Senders.Sender sender, List<Sign> signs, Datagram datagram) {
        loop.post(() -> {
            try (datagram) {
                var agent = agents.get(name);
                if (agent != null && isOf(agent, sender)) {
                    // Who the main process is comes before what it says.
                    signs.stream()
                            .sorted(Comparator.comparing(sign -> !(sign instanceof Sign.MainPid)))
                            .forEach(sign -> meanings.heard(agent, sign));
                }
            }
        });
    }

    private static boolean isOf(Agent agent, Senders.Sender sender) {
        return agent.state().running().isPresent()
                && agent.main
                        .filter(main -> sender.isOf(agent.session, main.pid()))
                        .isPresent();
    }
}
