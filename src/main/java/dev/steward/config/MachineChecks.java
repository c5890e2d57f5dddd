package dev.steward.config;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Whether what a start needs is on this machine now: a directory, an environment file, a program, a place for a heartbeat. */
record MachineChecks(Map<String, String> inherited, Programs programs) {
    void run(AgentConfig agent, Scope at) {
        HeartbeatChecks.file(agent)
                .filter(Files::isDirectory)
                .ifPresent(folder -> at.key("heartbeat")
                        .key("path")
                        .problem(
                                folder + " is a folder",
                                "name a file in it, for example " + folder.resolve("hb.json")));
        run(agent.invocation(), at);
    }

    /** @param at where its keys stand */
    void run(Invocation invocation, Scope at) {
        var directoryIsThere = Files.isDirectory(invocation.directory());
        if (!directoryIsThere) {
            var what = Files.exists(invocation.directory()) ? " is not a folder" : " does not exist";
            at.key("directory").problem(invocation.directory() + what, "make it, or name another");
        }
        var environment = environment(invocation, at);
        if (invocation.command() instanceof Command.Exec exec && environment.isPresent()) {
            resolved(exec.argv().getFirst(), environment.get())
                    .filter(program -> directoryIsThere || !isRelative(program))
                    .ifPresent(program -> checkProgram(
                            program,
                            invocation,
                            environment.get(),
                            at.key("command").item(0)));
        }
    }

    private void checkProgram(String program, Invocation invocation, Map<String, String> environment, Scope at) {
        switch (programs.find(program, invocation, environment)) {
            case Programs.Lookup.Found(var file) -> {
                // As it should be.
            }
            case Programs.Lookup.NotFound(var reason) -> at.problem(reason, hint(program));
        }
    }

    static String hint(String program) {
        return program.contains(" ") ? "write the program and its arguments as items of the list" : "";
    }

    private static boolean isRelative(String program) {
        return program.contains("/") && !program.startsWith("/");
    }

    /** As far as it can be known before a start; empty if the file cannot be read, which was reported. */
    private Optional<Map<String, String>> environment(Invocation invocation, Scope at) {
        var environment = new HashMap<>(inherited);
        if (invocation.envFile().isPresent()) {
            try {
                environment.putAll(EnvFile.read(invocation.envFile().get()));
            } catch (ConfigException e) {
                e.problems().forEach(problem -> {
                    if (problem.line() == 0) {
                        at.key("env_file").problem(problem.file() + ": " + problem.message(), problem.suggestion());
                    } else {
                        at.foreign(problem);
                    }
                });
                return Optional.empty();
            }
        }
        var path = invocation.env().get("PATH");
        if (path != null) {
            var found = resolved(path, Map.copyOf(environment));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            environment.put("PATH", found.get());
        }
        return Optional.of(environment);
    }

    /** References are resolved at the start of an agent: one that leads nowhere yet is no mistake of the file. */
    private static Optional<String> resolved(Text text, Map<String, String> environment) {
        try {
            return Optional.of(text.resolve(environment));
        } catch (Text.UnresolvedReference e) {
            return Optional.empty();
        }
    }
}
