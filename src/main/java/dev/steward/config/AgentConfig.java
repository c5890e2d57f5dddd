package dev.steward.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One section under {@code agents:}. Paths are absolute: relative ones were resolved against the configuration file's
 * folder. Two sections are equal when nothing differs: a reload does not touch such an agent.
 *
 * @param env on top of the daemon's own environment, and of {@code envFile}
 * @param umask as {@code umask(1)} takes it, for example {@code 022}
 * @param limits soft limits by their {@code ulimit} name in this configuration ({@code nofile}), as a number or {@code unlimited}
 */
public record AgentConfig(
        String name,
        String label,
        String description,
        Command command,
        Path directory,
        Map<String, Text> env,
        Optional<Path> envFile,
        boolean autostart,
        KeepAlive keepAlive,
        Set<Integer> successExitCodes,
        Ready ready,
        Stop stop,
        Backoff backoff,
        Budget failures,
        Budget restarts,
        Leftovers leftovers,
        List<Need> needs,
        Path log,
        Optional<String> umask,
        OptionalInt nice,
        Map<ResourceLimit, String> limits,
        boolean critical,
        Optional<Heartbeat> heartbeat) {

    /** What is run, where and with which variables. */
    public Invocation invocation() {
        return new Invocation(command, directory, env, envFile);
    }

    /**
     * Sixteen hexadecimal digits, the same for two sections of one name exactly if a process that was started by one is as
     * good as one that was started by the other: they differ at most in rules, which the daemon alone follows. References
     * are not resolved. The same in every daemon, so it may be kept beside a process that outlives one.
     */
    public String fingerprint() {
        return Fingerprint.of(this);
    }
}
