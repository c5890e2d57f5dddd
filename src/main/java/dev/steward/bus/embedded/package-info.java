/** The bus of one node, over its ledger alone. {@link dev.steward.bus.embedded.EmbeddedBus} is its front door. */
@NullMarked
package dev.steward.bus.embedded;

import org.jspecify.annotations.NullMarked;
