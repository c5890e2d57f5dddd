package dev.steward.posix;

import java.util.Locale;
import java.util.Optional;

/** The signals that people name in a configuration or on a command line; numbers differ between Linux and macOS. */
public enum Signal {
    HUP(1, 1),
    INT(2, 2),
    QUIT(3, 3),
    ABRT(6, 6),
    KILL(9, 9),
    USR1(10, 30),
    SEGV(11, 11),
    USR2(12, 31),
    PIPE(13, 13),
    ALRM(14, 14),
    TERM(15, 15),
    CONT(18, 19),
    STOP(19, 17),
    TSTP(20, 18),
    TTIN(21, 21),
    TTOU(22, 22),
    WINCH(28, 28);

    private final int linux;
    private final int mac;

    Signal(int linux, int mac) {
        this.linux = linux;
        this.mac = mac;
    }

    /** The number on the machine that runs this. */
    public int number() {
        return Os.current() == Os.MACOS ? mac : linux;
    }

    /** {@code TERM}, {@code SIGTERM}, {@code term} or {@code 15}; empty if there is no such signal. */
    public static Optional<Signal> parse(String text) {
        var name = text.strip().toUpperCase(Locale.ROOT);
        var bare = name.startsWith("SIG") ? name.substring(3) : name;
        for (var signal : values()) {
            if (signal.name().equals(bare) || Integer.toString(signal.number()).equals(bare)) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }

    /** The name of a signal by number, {@code SIGTERM}; a number that has no name here is given as {@code signal 34}. */
    public static String nameOf(int number) {
        for (var signal : values()) {
            if (signal.number() == number) {
                return "SIG" + signal.name();
            }
        }
        return "signal " + number;
    }
}
