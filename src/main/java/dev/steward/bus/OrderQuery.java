package dev.steward.bus;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which orders are asked for; what is empty asks for all.
 *
 * @param to an inbox, in any case
 * @param since those that this node learned of at this instant or later
 * @param before those that last changed before this instant
 * @param most at most so many, the newest ones, newest first
 */
public record OrderQuery(
        Set<OrderState> states, Optional<String> to, Optional<Instant> since, Optional<Instant> before, int most) {
    /** All of these states. */
    public static OrderQuery in(Set<OrderState> states, int most) {
        return new OrderQuery(states, Optional.empty(), Optional.empty(), Optional.empty(), most);
    }
}
