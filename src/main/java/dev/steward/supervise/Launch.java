package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.AgentEnvironment;
import dev.steward.config.Command;
import dev.steward.config.ConfigException;
import dev.steward.config.Programs;
import dev.steward.config.ResourceLimit;
import dev.steward.config.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an agent's configuration comes to at this moment, with its references resolved: never to be shown.
 *
 * @param reusable whether it would come to the same at any other moment
 */
record Launch(List<String> argv, Map<String, String> environment, boolean reusable) {
    /** By which section a process was started, for a daemon that finds it without a note. */
    static final String SECTION = "STEWARD_SECTION";

    private static final String SHELL = "/bin/sh";

    static Launch of(AgentConfig config, Surroundings surroundings) throws CannotStart {
        try {
            var environment = AgentEnvironment.of(config, surroundings.environment());
            environment.put("PATH", surroundings.bin() + ":" + environment.getOrDefault("PATH", Programs.DEFAULT_PATH));
            environment.put("PWD", config.directory().toString());
            environment.put("STEWARD_HOME", surroundings.home().toString());
            environment.put("STEWARD_CONFIG", surroundings.config().toString());
            environment.put("STEWARD_AGENT", config.name());
            environment.putAll(Addresses.of(config, surroundings.run()));
            var argv = wrapped(config, command(config, environment, new Programs(surroundings.launcher())));
            return new Launch(argv, environment, reusable(config));
        } catch (ConfigException | Text.UnresolvedReference e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> command(AgentConfig config, Map<String, String> environment, Programs programs)
            throws CannotStart {
        return switch (config.command()) {
            case Command.Shell shell -> List.of(SHELL, "-c", shell.script());
            case Command.Exec exec -> {
                var argv = new ArrayList<String>();
                for (var argument : exec.argv()) {
                    argv.add(argument.resolve(environment));
                }
                argv.set(
                        0, found(programs, argv.getFirst(), config, environment).toString());
                yield argv;
            }
        };
    }

    private static Path found(Programs programs, String program, AgentConfig config, Map<String, String> environment)
            throws CannotStart {
        return switch (programs.find(program, config, environment)) {
            case Programs.Lookup.Found found -> found.file();
            case Programs.Lookup.NotFound missing -> throw new CannotStart(missing.reason());
        };
    }

    /** What posix_spawn(3) can't set goes through a shell that becomes the program. */
    private static List<String> wrapped(AgentConfig config, List<String> argv) {
        var steps = new ArrayList<String>();
        config.umask().ifPresent(umask -> steps.add("umask " + umask));
        config.limits().forEach((limit, value) -> steps.add(set(limit, value)));
        if (steps.isEmpty() && config.nice().isEmpty()) {
            return argv;
        }
        var nice = config.nice().isPresent() ? "nice -n " + config.nice().getAsInt() + " " : "";
        steps.add("exec " + nice + "\"$@\"");
        return Stream.concat(Stream.of(SHELL, "-c", String.join(" && ", steps), "sh"), argv.stream())
                .toList();
    }

    /** A limit that cannot be had is no reason to run without it. Its log says so, as 126 tells people to look there. */
    private static String set(ResourceLimit limit, String value) {
        var ulimit = "ulimit -S -" + limit.flag() + " " + value;
        // Shells agree upon the letters, but for one: dash has -p where others have -u.
        var either = limit == ResourceLimit.NPROC ? ulimit + " 2>/dev/null || ulimit -S -p " + value : ulimit;
        var name = limit.name().toLowerCase(Locale.ROOT);
        return "{ " + either + " || { echo \"limits: " + name + ": " + value + " cannot be set\" >&2; exit 126; }; }";
    }

    private static boolean reusable(AgentConfig config) {
        var arguments = switch (config.command()) {
            case Command.Exec exec -> exec.argv().stream();
            case Command.Shell _ -> Stream.<Text>empty();
        };
        return config.envFile().isEmpty()
                && Stream.concat(arguments, config.env().values().stream())
                        .noneMatch(text -> text.template().contains("${"));
    }
}
