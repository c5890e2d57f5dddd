@NullMarked
package dev.steward.daemon;

import org.jspecify.annotations.NullMarked;
