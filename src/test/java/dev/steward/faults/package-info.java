/** What must hold however a daemon ends and whatever becomes of its files: real daemons, as processes of their own. */
@NullMarked
package dev.steward.faults;

import org.jspecify.annotations.NullMarked;
