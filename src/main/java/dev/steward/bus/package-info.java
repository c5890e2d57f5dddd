/**
 * The bus: carries work orders, acknowledgements, results and heartbeats. {@link dev.steward.bus.Bus} is its front door, with an
 * embedded and a Redis implementation that keep one contract.
 */
@NullMarked
package dev.steward.bus;

import org.jspecify.annotations.NullMarked;
