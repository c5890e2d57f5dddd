package dev.steward.supervise;

import dev.steward.audit.AuditEvent;
import dev.steward.store.IncidentChange;
import dev.steward.store.IncidentRow;
import dev.steward.store.TransitionRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what happens to agents, behind the action: {@link Scribe} writes it in batches to the store and the audit trail. If that
 * fails, agents go on, {@link #problems} says so, and what was not written is kept and tried again.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Scribe scribe;
    private final String boot;
    private final List<Consumer<TransitionRow>> listeners = new CopyOnWriteArrayList<>();
    private final IncidentNews news = new IncidentNews();

    /**
     * @param scribe started, and ended when this is closed
     * @param boot this boot's id
     */
    public Journal(Scribe scribe, String boot) {
        this.scribe = scribe;
        this.boot = boot;
        scribe.begin(written -> listeners.forEach(listener -> listener.accept(written)));
    }

    /** Calls back for each transition, on a thread of the journal's, once its recording was tried. The row bears no {@code seq}. */
    public void subscribe(Consumer<TransitionRow> listener) {
        listeners.add(listener);
    }

    public void unsubscribe(Consumer<TransitionRow> listener) {
        listeners.remove(listener);
    }

    /** What is wrong with recording right now, for people; empty if nothing is. */
    public List<String> problems() {
        return scribe.problems();
    }

    /** Something that happened to the daemon itself, for the audit trail. */
    public void note(String event, Map<String, Object> fields) {
        scribe.add(backlog -> backlog.audit(new AuditEvent(event, fields)));
        scribe.flush();
    }

    /** What was open when this daemon began: it is not opened once more, and its end is news. */
    public void recall(List<IncidentRow> open) {
        open.forEach(row -> news.opens(row.subject(), row.cause()));
    }

    /** An incident of something that is no agent, for example the daemon itself; audited if it changes anything. */
    public void incident(IncidentChange change) {
        var told = news.of(change);
        scribe.add(backlog -> {
            backlog.incident(change);
            told.ifPresent(backlog::audit);
        });
        scribe.flush();
    }

    void transition(Agent agent, String from, Instant at, long nanos) {
        var running = agent.state().running();
        var row = new TransitionRow(
                0,
                agent.name(),
                from,
                agent.state().label(),
                agent.reason,
                running.map(Incarnation::id),
                running.map(incarnation -> OptionalLong.of(incarnation.pid())).orElse(OptionalLong.empty()),
                at,
                nanos,
                boot);
        var remembered = agent.row();
        scribe.add(backlog -> backlog.transition(row, remembered));
    }

    /** What a person asked for, though nothing may have changed by it. */
    void remember(Agent agent) {
        var row = agent.row();
        scribe.add(backlog -> backlog.agent(row));
    }

    void forget(String agent) {
        scribe.add(backlog -> backlog.remove(agent));
    }

    /** @param isNew whether it was not open already */
    void opened(String agent, Cause cause, String detail, boolean isNew, Instant at) {
        LOG.warn("{}: incident {}: {}", agent, cause.word(), detail);
        scribe.add(backlog -> {
            backlog.incident(new IncidentChange.Open(agent, cause.word(), detail, at));
            if (isNew) {
                backlog.audit(new AuditEvent("incident_opened", fields(agent, cause, detail)));
            }
        });
    }

    void resolved(String agent, Cause cause, Instant at) {
        LOG.info("{}: incident {} is over", agent, cause.word());
        scribe.add(backlog -> {
            backlog.incident(new IncidentChange.Resolve(agent, cause.word(), at));
            backlog.audit(new AuditEvent("incident_resolved", fields(agent, cause, "")));
        });
    }

    private static Map<String, Object> fields(String agent, Cause cause, String detail) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("agent", agent);
        fields.put("cause", cause.word());
        if (!detail.isEmpty()) {
            fields.put("detail", detail);
        }
        return fields;
    }

    /** Completes once all that has happened so far is written, or could not be, and was told to subscribers. */
    public CompletableFuture<Void> sync() {
        return scribe.sync();
    }

    /** Lets the scribe begin: not before the supervising thread has done what is urgent. */
    void flush() {
        scribe.flush();
    }

    /** Waits until all is written that can be. */
    @Override
    public void close() {
        scribe.close();
    }
}
