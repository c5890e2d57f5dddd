package dev.steward.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The text of a property list: launchd.plist(5), plist(5). {@code docs/boot.md} says why each key is there. */
final class LaunchdPlist {
    /** By which {@code install} knows a plist that it may replace. */
    static final String MARK = "<!-- Written by steward install. -->";

    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            %s
            <plist version="1.0">
            <dict>
            """.formatted(MARK);

    private LaunchdPlist() {}

    static String text(Service service) {
        var lines = new ArrayList<String>();
        var launch = service.launch();
        var log = log(launch).toString();
        lines.addAll(string("Label", service.name().label()));
        lines.add("<key>ProgramArguments</key>");
        lines.add("<array>");
        launch.words("daemon").forEach(word -> lines.add("\t" + string(word)));
        lines.add("</array>");
        service.user().ifPresent(user -> lines.addAll(string("UserName", user)));
        lines.add("<key>EnvironmentVariables</key>");
        lines.add("<dict>");
        service.environment().forEach((name, value) -> string(name, value).forEach(line -> lines.add("\t" + line)));
        lines.add("</dict>");
        lines.addAll(string("WorkingDirectory", launch.home().toString()));
        lines.addAll(string("StandardOutPath", log));
        lines.addAll(string("StandardErrorPath", log));
        lines.addAll(List.of("<key>RunAtLoad</key>", "<true/>"));
        lines.addAll(List.of("<key>KeepAlive</key>", "<dict>", "\t<key>SuccessfulExit</key>", "\t<false/>", "</dict>"));
        lines.addAll(List.of("<key>AbandonProcessGroup</key>", "<true/>"));
        lines.addAll(List.of("<key>ExitTimeOut</key>", "<integer>300</integer>"));
        lines.addAll(string("ProcessType", "Interactive"));
        return HEAD + "\t" + String.join("\n\t", lines) + "\n</dict>\n</plist>\n";
    }

    /** The daemon's own log, where a daemon in the background has it, too. */
    static Path log(Launch launch) {
        return launch.home().resolve("logs").resolve("steward.log");
    }

    /** Whether a plist, which Steward wrote, is of the home. */
    static boolean isOf(Launch launch, String text) {
        return text.contains("\t\t" + string("--home") + "\n\t\t"
                + string(launch.home().toString()) + "\n\t\t" + string("--config") + "\n");
    }

    private static List<String> string(String key, String value) {
        return List.of("<key>" + escaped(key) + "</key>", string(value));
    }

    private static String string(String value) {
        return "<string>" + escaped(value) + "</string>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
