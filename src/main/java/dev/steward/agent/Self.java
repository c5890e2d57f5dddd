package dev.steward.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who this agent is.
 *
 * @param incarnation as the daemon named it; empty if no daemon started this agent
 * @param boot the kernel's id of this boot; empty where it has none
 */
record Self(String name, long pid, String incarnation, String boot) {
    static Self here(String name, Map<String, String> environment) {
        return new Self(
                name, ProcessHandle.current().pid(), environment.getOrDefault("STEWARD_INCARNATION", ""), thisBoot());
    }

    private static String thisBoot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            // Only Linux tells it to a program without native code, and it may be absent.
            return "";
        }
    }
}
