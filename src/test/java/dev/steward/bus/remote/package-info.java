@NullMarked
package dev.steward.bus.remote;

import org.jspecify.annotations.NullMarked;
