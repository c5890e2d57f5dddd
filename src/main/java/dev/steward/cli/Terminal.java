package dev.steward.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command's input comes from and its output goes. Output is always UTF-8: the same bytes whatever the locale of a cron job.
 *
 * @param in what is piped or typed in
 * @param out data
 * @param err messages
 * @param shown whether a person looks at the data
 */
record Terminal(InputStream in, Output out, PrintStream err, boolean shown) {
    /** This process's own. */
    static Terminal own() {
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                Output.own(),
                new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8),
                isShown());
    }

    /** Since JDK 22 there may be a console without a terminal, and still be none. */
    static boolean isShown() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** Colours are for people, unless they said no (no-color.org) or their terminal has none. */
    static boolean colour(boolean shown, Map<String, String> environment) {
        var no = environment.get("NO_COLOR");
        return shown && (no == null || no.isEmpty()) && !"dumb".equals(environment.get("TERM"));
    }
}
