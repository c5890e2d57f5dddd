/**
 * The daemon's bus for other processes, over a socket in the home. {@link dev.steward.bus.remote.BusServer} is the daemon's side,
 * {@link dev.steward.bus.remote.RemoteBus} the other one, which needs nothing but the JDK.
 *
 * <p>The protocol belongs to this package alone, and both sides are of the same program. Frames go both ways: the length of what
 * follows (4 bytes), the number of a call (4 bytes), and a message. The first frame each way is the {@link dev.steward.bus.remote.Greeting};
 * then the client calls, and each call is answered by replies with its number, the last of which ends it. Calls of one
 * connection are answered side by side. A frame of call 0 is a pulse, answered by one.
 */
@NullMarked
package dev.steward.bus.remote;

import org.jspecify.annotations.NullMarked;
