/** The node's SQLite database, {@code state.db}; it belongs to the daemon alone. */
@NullMarked
package dev.steward.store;

import org.jspecify.annotations.NullMarked;
