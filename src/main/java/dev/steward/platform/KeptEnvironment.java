package dev.steward.platform;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of a shell's environment goes into a unit. A unit is a file that everybody may read, and nobody knows which
 * variables hold secrets, so those that are kept are named here, and all others are left out.
 */
public final class KeptEnvironment {
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private KeptEnvironment() {}

    /**
     * PATH, the locale, and the JDK if one was asked for. A variable that names a relative place is left out, as is such a
     * part of PATH: the init starts the daemon in another folder.
     */
    public static SortedMap<String, String> of(Map<String, String> shell) {
        var kept = new TreeMap<String, String>();
        shell.forEach((name, value) -> {
            if (isKept(name, value)) {
                kept.put(name, value);
            }
        });
        kept.put("PATH", path(shell.getOrDefault("PATH", "")));
        // At boot nobody waits for a compiler; without any build one is made all the same.
        kept.put("STEWARD_NO_BUILD", "1");
        return kept;
    }

    private static boolean isKept(String name, String value) {
        if (value.isEmpty() || !Writable.is(value)) {
            return false;
        }
        return switch (name) {
            case "JAVA_HOME", "STEWARD_JAVA_HOME" -> value.startsWith("/");
            case "LANG", "LANGUAGE" -> true;
            default -> name.matches("LC_[A-Z]+");
        };
    }

    private static String path(String shells) {
        var folders = Arrays.stream(shells.split(":", -1))
                .filter(folder -> folder.startsWith("/") && Writable.is(folder))
                .distinct()
                .collect(Collectors.joining(":"));
        return folders.isEmpty() ? USUAL_PATH : folders;
    }
}
