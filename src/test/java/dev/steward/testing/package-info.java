/** What tests of several packages share. */
@NullMarked
package dev.steward.testing;

import org.jspecify.annotations.NullMarked;
