package dev.steward.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process lives: one that has ended and was not waited for is dead, whatever {@link ProcessHandle} says of it. */
public final class Alive {
    private Alive() {}

    /** Asks the kernel, see proc_pid_stat(5). */
    public static boolean is(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException gone) {
            return false;
        }
    }
}
