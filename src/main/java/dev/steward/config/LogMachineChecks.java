package dev.steward.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whether what a rotation needs is on this machine now: the users that it becomes, the programs that tell writers. */
record LogMachineChecks(Map<String, String> environment, Programs programs, Users users) {
    /** @param folder of the configuration file, in which such programs run */
    void run(LogsSection logs, Path folder, Scope at) {
        logs.defaults()
                .user()
                .ifPresent(user -> checkUser(user, at.key("defaults").key("user")));
        for (int i = 0; i < logs.files().size(); i++) {
            var entry = logs.files().get(i);
            var place = at.key("files").item(i);
            entry.user().ifPresent(user -> checkUser(user, place.key("user")));
            entry.told()
                    .flatMap(NotifySection::command)
                    .flatMap(LogMachineChecks::program)
                    .ifPresent(program -> checkProgram(
                            program, folder, place.key("notify").key("command").item(0)));
        }
    }

    private void checkUser(String user, Scope at) {
        try {
            if (!users.exist(user)) {
                at.problem("there is no user '" + Shown.of(user) + "' on this machine", "make it, or name another");
            } else if (!users.mayBecome(user)) {
                at.problem(
                        "only root may become " + Shown.of(user),
                        "remove the key, and run Steward as a user that may touch the log");
            }
        } catch (IOException e) {
            at.problem("the user '" + Shown.of(user) + "' cannot be looked up: " + e.getMessage(), "");
        }
    }

    /** What a reference stands for is known when the program runs, and is not for messages. */
    private static Optional<String> program(Command command) {
        return switch (command) {
            case Command.Exec(var argv)
            when !argv.getFirst().template().contains("${") ->
                Optional.of(argv.getFirst().template());
            case Command.Exec _, Command.Shell _ -> Optional.empty();
        };
    }

    private void checkProgram(String program, Path folder, Scope at) {
        switch (programs.find(program, folder, environment)) {
            case Programs.Lookup.Found _ -> {
                // As it should be.
            }
            case Programs.Lookup.NotFound(var reason) -> at.problem(reason, MachineChecks.hint(program));
        }
    }
}
