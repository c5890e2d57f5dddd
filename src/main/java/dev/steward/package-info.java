/** Steward keeps a machine's agents alive while nobody is watching, and proves it. */
@NullMarked
package dev.steward;

import org.jspecify.annotations.NullMarked;
