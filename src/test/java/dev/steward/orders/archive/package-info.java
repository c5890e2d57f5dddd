/** What becomes of orders at their end, on real folders. */
@NullMarked
package dev.steward.orders.archive;

import org.jspecify.annotations.NullMarked;
