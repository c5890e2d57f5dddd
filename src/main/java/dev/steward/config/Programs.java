package dev.steward.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Finds the file that a command names, as {@code execvp(3)} would, and says why it could not be run. Reads the file system,
 * changes nothing; any thread.
 *
 * @param launcher what {@code steward} alone means
 */
public record Programs(Path launcher) {
    /** Where programs are sought if an environment has no {@code PATH}. */
    public static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    /** What became of a search. */
    public sealed interface Lookup {
        /** This absolute file can be executed. */
        record Found(Path file) implements Lookup {}

        /** It cannot be run; the reason is for people. */
        record NotFound(String reason) implements Lookup {}
    }

    /**
     * Looks a program up. A name without a slash is sought in {@code PATH}; a relative one with a slash, and a relative or
     * empty entry of {@code PATH}, is meant relative to the directory.
     *
     * @param directory the agent's working directory, absolute
     * @param environment the agent's own
     */
    public Lookup find(String program, Path directory, Map<String, String> environment) {
        return new ProgramSearch(launcher, directory, environment, Mask.NONE).find(program);
    }

    /**
     * Looks up in the same way what an agent or a worker runs. If its name or its {@code PATH} came of references, a reason has these in
     * place, and never what they stand for.
     *
     * @param program what the first item of its command came to
     * @param environment its own
     */
    public Lookup find(String program, Invocation invocation, Map<String, String> environment) {
        return new ProgramSearch(launcher, invocation.directory(), environment, Mask.of(invocation)).find(program);
    }

    /** The same for an agent. */
    public Lookup find(String program, AgentConfig agent, Map<String, String> environment) {
        return find(program, agent.invocation(), environment);
    }

    /**
     * The name of a program for people: the file that is executed, or what the configuration says if the file was found by
     * references.
     */
    public static String shown(Invocation invocation, String file) {
        return switch (invocation.command()) {
            case Command.Exec(var argv)
            when !Mask.of(invocation).equals(Mask.NONE) -> argv.getFirst().template();
            case Command.Exec _, Command.Shell _ -> file;
        };
    }

    /** The same for an agent. */
    public static String shown(AgentConfig agent, String file) {
        return shown(agent.invocation(), file);
    }
}
