@NullMarked
package dev.steward.orders;

import org.jspecify.annotations.NullMarked;
