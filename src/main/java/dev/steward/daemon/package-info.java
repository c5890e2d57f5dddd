/** The composition root: builds every part from the configuration and owns start and stop. */
@NullMarked
package dev.steward.daemon;

import org.jspecify.annotations.NullMarked;
