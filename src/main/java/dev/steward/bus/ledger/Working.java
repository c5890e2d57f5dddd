package dev.steward.bus.ledger;

import dev.steward.bus.Change;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.Work;
import java.sql.SQLException;
import java.util.Optional;

/** Changes orders as workers and people ask for it. */
final class Working {
    private final boolean linked;

    /** @param linked whether somebody sends results to other nodes */
    Working(boolean linked) {
        this.linked = linked;
    }

    Command<Optional<Lifecycle.Next>> change(String id, Change change) {
        return in -> {
            var known = Orders.find(in.on(), id);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            var next = next(in, known.get(), change);
            if (next instanceof Lifecycle.Next.To(var state)) {
                apply(in, known.get(), change, state);
            }
            return Optional.of(next);
        };
    }

    private static Lifecycle.Next next(Transaction in, Kept known, Change change) throws SQLException {
        if (!change.expected().holds(known.row())) {
            return new Lifecycle.Next.Refused("somebody changed it meanwhile: it is "
                    + known.row().state().word());
        }
        var next = Lifecycle.next(known.row().state(), known.acknowledged(), change);
        if (!(next instanceof Lifecycle.Next.To(var state))) {
            return next;
        }
        boolean work =
                change instanceof Change.Begin || change instanceof Change.Done || change instanceof Change.Failed;
        if (work && !known.here()) {
            return new Lifecycle.Next.Refused("it lies in an inbox of another node ("
                    + known.row().acknowledgement().orElseThrow().node() + "), so it is worked on and answered there");
        }
        if (state == OrderState.DROPPED && !Orders.hasPayload(in.on(), known.seq())) {
            return new Lifecycle.Next.Refused("its payload is not kept here, so it can't be delivered from here: "
                    + "have it dropped again under another id");
        }
        return next;
    }

    private void apply(Transaction in, Kept known, Change change, OrderState state) throws SQLException {
        var heading = known.row().heading();
        switch (change) {
            case Change.Begin(var work) -> {
                Orders.state(in, known, state, "");
                begin(in, known, work);
            }
            case Change.Done done -> answer(in, known, state, done.result());
            case Change.Failed failed -> {
                answer(in, known, state, failed.result());
                if (!failed.interrupted()) {
                    in.on().update("UPDATE wo SET failures = failures + 1 WHERE seq = ?", known.seq());
                }
                if (failed.again().isPresent()) {
                    in.on()
                            .update(
                                    "UPDATE wo SET due_ns = ? WHERE seq = ?",
                                    Rows.nanos(failed.again().get()),
                                    known.seq());
                }
            }
            case Change.Retry(var by) -> {
                Orders.state(in, known, state, "retried by " + by);
                retry(in, known, state);
                in.owe("wo_retry", Records.of(heading, "by", by, "state", state.word()));
            }
            case Change.Cancel(var by, var reason) -> {
                end(in, known, state, "cancelled by " + by + (reason.isEmpty() ? "" : ": " + reason));
                in.owe(
                        "wo_cancelled",
                        reason.isEmpty()
                                ? Records.of(heading, "by", by)
                                : Records.of(heading, "by", by, "reason", reason));
            }
            case Change.Abandon abandon -> {
                end(in, known, state, abandon.reason());
                in.owe("wo_abandoned", Records.of(heading, "by", abandon.by(), "reason", abandon.reason()));
            }
        }
    }

    private static void begin(Transaction in, Kept known, Work work) throws SQLException {
        in.on()
                .update(
                        """
                        UPDATE wo SET attempt = attempt + 1, worker = ?, pid = ?, start = ?, boot = ?, begun_ns = ?
                        WHERE seq = ?""",
                        work.worker(),
                        work.pid(),
                        work.start(),
                        work.boot(),
                        Rows.nanos(work.since()),
                        known.seq());
        in.owe(
                "wo_working",
                Records.of(
                        known.row().heading(),
                        "worker",
                        work.worker(),
                        "pid",
                        work.pid(),
                        "attempt",
                        known.row().attempt() + 1));
    }

    private void answer(Transaction in, Kept known, OrderState state, Result result) throws SQLException {
        Orders.state(in, known, state, result.reason());
        stop(in, known.seq());
        Orders.result(in.on(), known.seq(), result);
        in.owe("wo_" + state.word(), Records.answered(known.row().heading(), result));
        // Others are told how it ended, not each attempt.
        if (linked && state.isEnd()) {
            Sending.add(in, Sending.ANSWERED, known.seq());
        }
    }

    private void retry(Transaction in, Kept known, OrderState state) throws SQLException {
        stop(in, known.seq());
        in.on().update("DELETE FROM result WHERE wo = ?", known.seq());
        Sending.remove(in.on(), Sending.ANSWERED, known.seq());
        Sending.remove(in.on(), Sending.WITHDRAWN, known.seq());
        if (linked && state == OrderState.DROPPED) {
            Sending.add(in, Sending.ORDER, known.seq());
        }
    }

    private void end(Transaction in, Kept known, OrderState state, String reason) throws SQLException {
        Orders.state(in, known, state, reason);
        stop(in, known.seq());
        Sending.remove(in.on(), Sending.ORDER, known.seq());
        if (linked && known.row().origin() == OrderRow.Origin.DROPPED_HERE && !known.acknowledged()) {
            Sending.add(in, Sending.WITHDRAWN, known.seq());
        }
    }

    private static void stop(Transaction in, long seq) throws SQLException {
        in.on()
                .update(
                        "UPDATE wo SET worker = NULL, pid = NULL, start = NULL, boot = NULL, begun_ns = NULL WHERE seq = ?",
                        seq);
    }
}
