@NullMarked
package dev.steward.control;

import org.jspecify.annotations.NullMarked;
