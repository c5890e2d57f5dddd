/**
 * Work orders: dropped by {@link dev.steward.orders.Dropper}, received into an inbox by {@link dev.steward.orders.Receiver}, checked by
 * {@link dev.steward.orders.InboxCheck}. Needs the JDK alone to write an order, and a YAML and a JSON parser to read one that
 * somebody else wrote; nothing native, so that a small agent can use it.
 */
@NullMarked
package dev.steward.orders;

import org.jspecify.annotations.NullMarked;
