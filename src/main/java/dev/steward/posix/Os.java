package dev.steward.posix;

import java.util.Locale;

/** The systems that Steward runs on. */
public enum Os {
    LINUX,
    MACOS,
    OTHER;

    /** The system that this JVM runs on. */
    public static Os current() {
        var name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return LINUX;
        }
        return name.startsWith("mac") ? MACOS : OTHER;
    }
}
