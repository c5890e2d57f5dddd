/**
 * The bus over Redis: the node's ledger, and a link that carries what it owes to other nodes and brings what they owe to this one.
 * {@link dev.steward.bus.redis.RedisBus} is its front door. Nothing outside this package knows the client library.
 */
@NullMarked
package dev.steward.bus.redis;

import org.jspecify.annotations.NullMarked;
