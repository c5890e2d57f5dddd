/** What agents write: following it, and later rotation and retention. */
@NullMarked
package dev.steward.logs;

import org.jspecify.annotations.NullMarked;
