/** The only native code: what the JDK cannot do, through {@code java.lang.foreign}. */
@NullMarked
package dev.steward.posix;

import org.jspecify.annotations.NullMarked;
