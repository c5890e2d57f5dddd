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
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // Its first thread may have ended before the others, which hold its files.
            return !fields[0].equals("X") && !(fields[0].equals("Z") && Integer.parseInt(fields[17]) <= 1);
        } catch (IOException gone) {
            return false;
        }
    }
}
