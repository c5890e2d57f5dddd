/** Workers: programs that handle the orders of an inbox. {@link dev.steward.orders.work.Workers} is the front door. */
@NullMarked
package dev.steward.orders.work;

import org.jspecify.annotations.NullMarked;
