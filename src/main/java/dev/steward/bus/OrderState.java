package dev.steward.bus;

import java.util.Locale;
import java.util.Optional;

/** The states of a work order, in the order in which it may go through them. */
public enum OrderState {
    /** On its way to its inbox. */
    DROPPED(false),
    /** It lies verified in its inbox: its receiver acknowledged it. */
    DELIVERED(false),
    /** Somebody works on it. */
    WORKING(false),
    /** Worked, well. */
    DONE(true),
    /** An attempt went wrong; another one may follow. */
    FAILED(false),
    /** It will not be tried again by itself. */
    DEAD(true),
    /** Given up by a rule or by somebody. */
    ABANDONED(true);

    private final boolean end;

    OrderState(boolean end) {
        this.end = end;
    }

    /** Whether nothing more happens to it, unless somebody asks for it. */
    public boolean isEnd() {
        return end;
    }

    /** As it is written everywhere: in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Also understands the words of the system before this one: pending, queued, in_progress, running, completed, error, stale. */
    public static Optional<OrderState> of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "dropped", "pending", "queued" -> Optional.of(DROPPED);
            case "delivered" -> Optional.of(DELIVERED);
            case "working", "in_progress", "running" -> Optional.of(WORKING);
            case "done", "completed" -> Optional.of(DONE);
            case "failed", "error" -> Optional.of(FAILED);
            case "dead" -> Optional.of(DEAD);
            case "abandoned", "stale" -> Optional.of(ABANDONED);
            default -> Optional.empty();
        };
    }
}
