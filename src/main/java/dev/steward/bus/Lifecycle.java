package dev.steward.bus;

import static dev.steward.bus.OrderState.ABANDONED;
import static dev.steward.bus.OrderState.DEAD;
import static dev.steward.bus.OrderState.DELIVERED;
import static dev.steward.bus.OrderState.DONE;
import static dev.steward.bus.OrderState.DROPPED;
import static dev.steward.bus.OrderState.FAILED;
import static dev.steward.bus.OrderState.WORKING;

/** The life of an order: what a change leads to in each state. Pure. */
public final class Lifecycle {
    private Lifecycle() {}

    /** What a change leads to. */
    public sealed interface Next {
        /** The state after it. */
        record To(OrderState state) implements Next {}

        /** It makes no sense in this state; nothing changes. */
        record Refused(String reason) implements Next {}
    }

    /**
     * Says what becomes of an order.
     *
     * @param acknowledged whether it lies in its inbox
     */
    public static Next next(OrderState state, boolean acknowledged, Change change) {
        return switch (change) {
            case Change.Begin _ -> state == DELIVERED || state == FAILED ? to(WORKING) : refused(state, "worked on");
            // A foreign program may answer without having said that it began.
            case Change.Done _ -> isOpen(state) ? to(DONE) : refused(state, "answered");
            case Change.Failed failed ->
                isOpen(state) ? to(failed.again().isPresent() ? FAILED : DEAD) : refused(state, "answered");
            case Change.Retry _ ->
                switch (state) {
                    case FAILED, DEAD, ABANDONED -> to(acknowledged ? DELIVERED : DROPPED);
                    case DROPPED, DELIVERED, WORKING, DONE -> refused(state, "retried");
                };
            case Change.Cancel _ -> state.isEnd() ? refused(state, "cancelled") : to(DEAD);
            case Change.Abandon _ -> state.isEnd() ? refused(state, "abandoned") : to(ABANDONED);
        };
    }

    private static boolean isOpen(OrderState state) {
        return state == DELIVERED || state == WORKING || state == FAILED;
    }

    private static Next to(OrderState state) {
        return new Next.To(state);
    }

    private static Next refused(OrderState state, String what) {
        return new Next.Refused(
                state.word().equals(what)
                        ? "it is " + what + " already; nothing changed"
                        : "it is " + state.word() + ", so it can't be " + what);
    }
}
