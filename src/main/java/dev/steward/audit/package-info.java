/** The audit trail: append-only, hash-chained JSON Lines. */
@NullMarked
package dev.steward.audit;

import org.jspecify.annotations.NullMarked;
