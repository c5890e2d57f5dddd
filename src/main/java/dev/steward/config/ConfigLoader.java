package dev.steward.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads configuration files (YAML 1.2) and describes them. Holds nothing of a file; any thread.
 */
public final class ConfigLoader {
    private final Map<String, String> environment;
    private final Supplier<String> hostName;
    private final Programs programs;
    private final Users users;

    /**
     * @param environment the daemon's own, in which the agents' programs are sought
     * @param hostName asked if the file does not name the node
     * @param launcher what {@code steward} as a program means
     */
    public ConfigLoader(Map<String, String> environment, Supplier<String> hostName, Path launcher) {
        this(environment, hostName, launcher, Users.ofThisMachine());
    }

    ConfigLoader(Map<String, String> environment, Supplier<String> hostName, Path launcher, Users users) {
        this.environment = Map.copyOf(environment);
        this.hostName = hostName;
        this.programs = new Programs(launcher);
        this.users = users;
    }

    /**
     * Reads and checks a file, against this machine too: programs, directories, environment files
     * and users must be there.
     *
     * @throws ConfigException with everything that is wrong, in the file's order
     */
    public Configuration load(Path file) throws ConfigException {
        var reading = read(file, file);
        checkMachine(reading);
        reading.problems().throwIfAny();
        return reading.configuration();
    }

    /**
     * Reads and checks a file for a daemon that comes back while agents of its home may still run. What is wrong in the file
     * itself is refused as ever; what one agent's start would miss on this machine is no reason to leave the others
     * unsupervised, so it is reported beside the configuration.
     *
     * @throws ConfigException with everything that is wrong in the file itself, in its order
     */
    public Loaded loadForRecovery(Path file) throws ConfigException {
        return loadForRecovery(file, file);
    }

    /**
     * The same, by a copy of the file: what is relative in it is relative to the folder of the file that it is a copy of.
     *
     * @throws ConfigException with everything that is wrong in the copy, named as such
     */
    public Loaded loadForRecovery(Path copy, Path file) throws ConfigException {
        var reading = read(copy, file);
        reading.problems().throwIfAny();
        checkMachine(reading);
        return new Loaded(reading.configuration(), reading.problems().inOrder());
    }

    /** What a file says, with its rules of logs as they were written, and with what is wrong so far. */
    private record Reading(Configuration configuration, LogsSection logs, Problems problems, Scope root) {}

    private Reading read(Path copy, Path file) throws ConfigException {
        var problems = new Problems(copy);
        var absolute = file.toAbsolutePath().normalize();
        var document = YamlFile.read(copy, problems);
        problems.throwIfAny();
        var node = document.orElseThrow();
        var at = Scope.root(problems, node);
        var root = new RecordConverter<>(RootSection.class, new Converters(folderOf(absolute))).read(node, at);
        if (root.isPresent()) {
            var configuration = Resolver.resolve(root.get(), absolute, hostName.get());
            LogChecks.run(configuration, root.get().logs(), at);
            HeartbeatChecks.run(configuration, root.get().bus().redis().isPresent(), at.key("agents"));
            PathsChecks.run(configuration, at);
            return new Reading(configuration, root.get().logs(), problems, at);
        }
        throw new ConfigException(problems.inOrder());
    }

    private void checkMachine(Reading reading) {
        var machine = new MachineChecks(environment, programs);
        var configuration = reading.configuration();
        var agents = reading.root().key("agents");
        configuration.agents().values().forEach(agent -> machine.run(agent, agents.key(agent.name())));
        var workers = reading.root().key("workers");
        configuration
                .workers()
                .values()
                .forEach(worker -> machine.run(worker.invocation(), workers.key(worker.name())));
        Certificates.check(configuration.bus(), reading.root().key("bus"));
        new LogMachineChecks(environment, programs, users)
                .run(
                        reading.logs(),
                        folderOf(configuration.file()),
                        reading.root().key("logs"));
    }

    /** The JSON Schema (draft 2020-12) of the file, generated from the records that read it. */
    public String schema() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "steward.yaml");
        schema.putAll(new RecordConverter<>(RootSection.class, new Converters(Path.of("/"))).schema());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }

    /** Every key with its default and meaning, as tables in Markdown; from the records, too. */
    public String reference() {
        return Reference.markdown();
    }

    static Path folderOf(Path absolute) {
        var parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }
}
