package dev.steward.platform;

import java.util.ArrayList;
import java.util.List;

/** The text of a unit: systemd.service(5). {@code docs/boot.md} says why each line is there. */
final class SystemdUnit {
    /** By which {@code install} knows a unit that it may replace. */
    static final String MARK = "# Written by steward install.";

    private SystemdUnit() {}

    static String text(Service service) {
        var lines = new ArrayList<String>();
        lines.add(
                MARK + " Settings of your own: systemctl edit " + service.name().unit());
        unit(service, lines);
        process(service, lines);
        lines.add("");
        lines.add("[Install]");
        lines.add("WantedBy=" + (service.user().isPresent() ? "multi-user.target" : "default.target"));
        return String.join("\n", lines) + "\n";
    }

    /** Whether a unit, which Steward wrote, is of the home. */
    static boolean isOf(Launch launch, String text) {
        return text.contains(home(launch));
    }

    /** As it stands in a command line. */
    private static String home(Launch launch) {
        return SystemdWords.command(List.of("", "--home", launch.home().toString(), "--config"))
                .substring(SystemdWords.word("").length());
    }

    private static void unit(Service service, List<String> lines) {
        var launch = service.launch();
        lines.add("");
        lines.add("[Unit]");
        lines.add("Description=Steward's daemon ("
                + SystemdWords.plain(launch.home().toString()) + ")");
        if (service.user().isPresent()) {
            lines.add("After=network.target");
            lines.add("RequiresMountsFor="
                    + SystemdWords.words(List.of(
                            launch.launcher().toString(),
                            launch.home().toString(),
                            launch.config().toString())));
        }
        lines.add("StartLimitIntervalSec=0");
    }

    private static void process(Service service, List<String> lines) {
        var launch = service.launch();
        lines.add("");
        lines.add("[Service]");
        lines.add("Type=notify");
        lines.add("NotifyAccess=main");
        service.user().ifPresent(user -> lines.add("User=" + SystemdWords.plain(user)));
        service.environment()
                .forEach((name, value) -> lines.add("Environment=" + SystemdWords.word(name + "=" + value)));
        lines.add("ExecStart=" + SystemdWords.command(launch.words("daemon")));
        lines.add("ExecReload=" + SystemdWords.command(launch.words("reload")));
        lines.add("Restart=always");
        lines.add("RestartSec=500ms");
        lines.add("RestartPreventExitStatus=0 64 77 78");
        lines.add("SuccessExitStatus=143");
        lines.add("TimeoutStartSec=2min");
        lines.add("TimeoutStopSec=5min");
        lines.add("WatchdogSec=30s");
        lines.add("WatchdogSignal=SIGKILL");
        lines.add("KillMode=process");
        lines.add("OOMPolicy=continue");
        lines.add("TasksMax=infinity");
        lines.add("LimitNOFILE=1024:524288");
    }
}
