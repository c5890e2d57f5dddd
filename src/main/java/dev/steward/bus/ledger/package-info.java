/** What this node knows of work orders, in {@code bus.db}. {@link dev.steward.bus.ledger.Ledger} is its front door. */
@NullMarked
package dev.steward.bus.ledger;

import org.jspecify.annotations.NullMarked;
