/** What becomes of orders that came to their end, or never do. {@link dev.steward.orders.archive.Archive} is the front door. */
@NullMarked
package dev.steward.orders.archive;

import org.jspecify.annotations.NullMarked;
