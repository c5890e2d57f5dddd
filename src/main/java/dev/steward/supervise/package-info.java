/** The life of an agent: states, transitions, restart policy, readiness, adoption. */
@NullMarked
package dev.steward.supervise;

import org.jspecify.annotations.NullMarked;
