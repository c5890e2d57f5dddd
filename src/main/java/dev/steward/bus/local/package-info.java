/**
 * How a command gets at the node's bus: through the daemon, or past it while there is none. {@link dev.steward.bus.local.LocalBus} is
 * the front door.
 */
@NullMarked
package dev.steward.bus.local;

import org.jspecify.annotations.NullMarked;
