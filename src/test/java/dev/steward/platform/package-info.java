@NullMarked
package dev.steward.platform;

import org.jspecify.annotations.NullMarked;
