package dev.steward.bus;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which orders are asked for; what is empty asks for all.
 *
 * @param to an inbox, in any case
 * @param since those that this node learned of at this instant or later
 * @param before those that last changed before this instant
 * @param below those whose seq is smaller than this: where a page ended, the next begins
 * @param most at most so many, the newest ones, newest first
 */
public record OrderQuery(
        Set<OrderState> states,
        Optional<String> to,
        Optional<Instant> since,
        Optional<Instant> before,
        OptionalLong below,
        int most) {
    /** The first page. */
    public OrderQuery(
            Set<OrderState> states, Optional<String> to, Optional<Instant> since, Optional<Instant> before, int most) {
        this(states, to, since, before, OptionalLong.empty(), most);
    }

    /** All of these states. */
    public static OrderQuery in(Set<OrderState> states, int most) {
        return new OrderQuery(states, Optional.empty(), Optional.empty(), Optional.empty(), most);
    }

    /** What follows the order of this seq. */
    public OrderQuery below(long seq) {
        return new OrderQuery(states, to, since, before, OptionalLong.of(seq), most);
    }

    /** No more than so many of them. */
    public OrderQuery atMost(int count) {
        return new OrderQuery(states, to, since, before, below, count);
    }
}
