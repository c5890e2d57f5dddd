/** Holds the documents to what the program does. */
@NullMarked
package dev.steward.docs;

import org.jspecify.annotations.NullMarked;
