package dev.steward.config;

import dev.steward.posix.Signal;
import java.nio.file.Path;
import java.util.Optional;

/** The value of {@code notify:} of a log. */
@Doc("How the writers of a renamed log are told: signal with pid_file, or command.")
@OneOf({"signal", "command"})
record NotifySection(
        @Doc("This signal is sent to the process of pid_file.") @Otherwise("not sent")
        Optional<Signal> signal,

        @Doc("The file with the pid, in decimal, for signal.") @Otherwise("required for signal")
        Optional<Path> pidFile,

        @Doc("This is run in the configuration file's folder: a list as it is, a string by /bin/sh -c.")
        @Otherwise("not run")
        Optional<Command> command)
        implements Section {

    @Override
    public void validate(Scope at) {
        var signalled = at.has("signal");
        if (signalled && !at.has("pid_file")) {
            at.problem("pid_file is missing", "add, for example, pid_file: app.pid");
        } else if (!signalled && at.has("pid_file")) {
            at.key("pid_file").problem("goes with signal only", "remove it, or write signal: HUP");
        } else if (!signalled && !at.has("command")) {
            at.problem("says nothing", "write {signal: HUP, pid_file: app.pid} or {command: [./reopen.sh]}");
        }
    }

    /**
     * Empty only after a problem was reported.
     *
     * @param folder of the configuration file
     */
    Optional<LogRules.Notify> toNotify(Path folder) {
        if (command.isPresent()) {
            return command.map(run -> new LogRules.Notify.Run(run, folder));
        }
        return signal.flatMap(sent -> pidFile.map(file -> new LogRules.Notify.Signal(sent.name(), file)));
    }
}
