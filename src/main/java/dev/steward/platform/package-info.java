/** Has the machine's init start the daemon: systemd on Linux, launchd on macOS. */
@NullMarked
package dev.steward.platform;

import org.jspecify.annotations.NullMarked;
