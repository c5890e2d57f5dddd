/** Workers with real handlers, and the decisions about them. */
@NullMarked
package dev.steward.orders.work;

import org.jspecify.annotations.NullMarked;
