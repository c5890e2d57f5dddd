package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Programs;
import dev.steward.posix.FileLock;
import dev.steward.posix.PreparedSpawn;
import dev.steward.posix.SpawnFailed;
import dev.steward.posix.Spawner;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Makes the processes of incarnations. What it finds out of an agent's command it keeps, as long as that cannot change. */
final class Starter {
    private static final String INCARNATION = "STEWARD_INCARNATION";
    private static final String PING_URL = "STEWARD_PING_URL";

    /** The variables that come with each start. */
    private static final List<String> CHANGING = List.of(INCARNATION, Launch.SECTION, PING_URL);

    private final Spawner spawner;
    private final Surroundings surroundings;
    /** By the section itself: to compare its twenty parts would take as long as the spawn. */
    private final IdentityHashMap<AgentConfig, PreparedSpawn> reusable = new IdentityHashMap<>();

    Starter(Spawner spawner, Surroundings surroundings) {
        this.spawner = spawner;
        this.surroundings = surroundings;
    }

    /**
     * What tells one incarnation of an agent from another.
     *
     * @param section fingerprint of the section by which it is started
     */
    record Birth(String incarnation, String section) {}

    /**
     * Starts a process and returns its pid.
     *
     * @throws CannotStart with what stands in the way
     */
    long start(AgentConfig config, Birth birth, FileLock life) throws CannotStart {
        checkLog(config);
        surroundings.beforeStart().accept(config.log());
        var changing = changing(config, birth);
        var known = reusable.get(config);
        if (known == null) {
            return firstTry(config, changing, life);
        }
        try {
            return spawner.spawn(known, changing, life);
        } catch (SpawnFailed again) {
            forget(config);
            return secondTry(config, changing, life);
        }
    }

    private long firstTry(AgentConfig config, Map<String, String> changing, FileLock life) throws CannotStart {
        var launch = Launch.of(config, surroundings);
        var prepared = prepared(config, launch);
        try {
            var pid = spawner.spawn(prepared, changing, life);
            if (launch.reusable()) {
                reusable.put(config, prepared);
            } else {
                prepared.close();
            }
            return pid;
        } catch (SpawnFailed firstTry) {
            prepared.close();
            return secondTry(config, changing, life);
        }
    }

    void forget(AgentConfig config) {
        var forgotten = reusable.remove(config);
        if (forgotten != null) {
            forgotten.close();
        }
    }

    /** The kernel names one number for all that can be wrong, so what can be is looked at, and mended where that is safe. */
    private long secondTry(AgentConfig config, Map<String, String> changing, FileLock life) throws CannotStart {
        if (!Files.isDirectory(config.directory())) {
            throw new CannotStart("its directory " + config.directory() + " is not there");
        }
        var launch = Launch.of(config, surroundings);
        makeFolder(config);
        try (var prepared = prepared(config, launch)) {
            return spawner.spawn(prepared, changing, life);
        } catch (SpawnFailed again) {
            throw new CannotStart(diagnosed(config, launch, again));
        }
    }

    private static String diagnosed(AgentConfig config, Launch launch, SpawnFailed failure) {
        var log = config.log();
        if (Files.exists(log) ? !Files.isWritable(log) : !Files.isWritable(log.getParent())) {
            return "its log " + log + " cannot be written";
        }
        if (!Files.isExecutable(config.directory())) {
            return "its directory " + config.directory() + " may not be entered";
        }
        return Programs.shown(config, launch.argv().getFirst()) + ": " + failure.getMessage()
                + " (a script needs a first line like #!/bin/sh; a binary must be made for this machine)";
    }

    private static void checkLog(AgentConfig config) throws CannotStart {
        var log = config.log();
        // To open a FIFO would wait for a reader, for ever.
        if (!Files.isRegularFile(log) && Files.exists(log)) {
            throw new CannotStart("its log " + log + " is not a regular file");
        }
    }

    private static void makeFolder(AgentConfig config) throws CannotStart {
        try {
            Files.createDirectories(config.log().getParent());
        } catch (IOException e) {
            throw new CannotStart("the folder of its log cannot be made: " + e.getMessage());
        }
    }

    private PreparedSpawn prepared(AgentConfig config, Launch launch) {
        var environment = new HashMap<>(launch.environment());
        CHANGING.forEach(environment::remove);
        return spawner.prepare(launch.argv(), environment, config.directory(), config.log());
    }

    private Map<String, String> changing(AgentConfig config, Birth birth) throws CannotStart {
        return Addresses.pings(config)
                ? Map.of(
                        INCARNATION,
                        birth.incarnation(),
                        Launch.SECTION,
                        birth.section(),
                        PING_URL,
                        pingUrl(config, birth))
                : Map.of(INCARNATION, birth.incarnation(), Launch.SECTION, birth.section());
    }

    private String pingUrl(AgentConfig config, Birth birth) throws CannotStart {
        try {
            return surroundings.reach().pings().register(config.name(), birth.incarnation());
        } catch (IOException e) {
            throw new CannotStart("it has no address to ping: " + e.getMessage());
        }
    }
}
