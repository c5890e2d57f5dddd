package dev.steward.orders.work;

import dev.steward.bus.OrderRow;
import dev.steward.config.AgentEnvironment;
import dev.steward.config.Command;
import dev.steward.config.ConfigException;
import dev.steward.config.Programs;
import dev.steward.config.Text;
import dev.steward.config.WorkerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a worker's configuration comes to for one order at this moment, with its references resolved: never to be shown.
 *
 * @param argv the program as an absolute path, then its arguments; the last one is the order's folder
 */
record Launch(List<String> argv, Map<String, String> environment) {
    private static final String SHELL = "/bin/sh";
    private static final int LONGEST_TITLE = 4096;

    /**
     * Which attempt at which order.
     *
     * @param folder of the order in its inbox
     */
    record Task(OrderRow order, Path folder, AttemptFiles files) {}

    static Launch of(WorkerConfig worker, Task task, WorkGround ground) throws CannotBegin {
        try {
            var directory = worker.invocation().directory();
            if (!Files.isDirectory(directory)) {
                throw new CannotBegin("its directory " + directory + " is not there");
            }
            var environment = AgentEnvironment.of(worker.invocation(), ground.environment());
            environment.put("PATH", ground.bin() + ":" + environment.getOrDefault("PATH", Programs.DEFAULT_PATH));
            environment.put("PWD", directory.toString());
            environment.put("STEWARD_HOME", ground.home().toString());
            environment.put("STEWARD_CONFIG", ground.config().toString());
            environment.put("STEWARD_WORKER", worker.name());
            tell(environment, task);
            var argv = command(worker, environment, new Programs(ground.launcher()));
            argv.add(task.folder().toString());
            return new Launch(argv, environment);
        } catch (ConfigException | Text.UnresolvedReference e) {
            throw new CannotBegin(String.valueOf(e.getMessage()));
        }
    }

    private static void tell(Map<String, String> environment, Task task) {
        var heading = task.order().heading();
        var folder = task.folder();
        environment.put("STEWARD_ORDER_ID", heading.id());
        environment.put("STEWARD_ORDER_FOLDER", folder.toString());
        environment.put(
                "STEWARD_ORDER_ENVELOPE", folder.resolve(heading.id() + ".yaml").toString());
        environment.put(
                "STEWARD_ORDER_BODY",
                BodyFile.in(folder, heading.id()).map(Path::toString).orElse(""));
        environment.put("STEWARD_ORDER_ATTEMPT", Integer.toString(task.files().number()));
        environment.put("STEWARD_ORDER_FROM", heading.from());
        environment.put("STEWARD_ORDER_TO", heading.to());
        environment.put("STEWARD_ORDER_PRIORITY", heading.priority());
        environment.put("STEWARD_ORDER_TITLE", shown(heading.title()));
        environment.put("STEWARD_ORDER_RESULT", task.files().result().toString());
    }

    /** The kernel takes no variable above 128 KiB, and none with a NUL in it: what a stranger wrote must not keep a worker from beginning. */
    private static String shown(String title) {
        return title.codePoints()
                .limit(LONGEST_TITLE)
                .map(point -> point == 0 ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static List<String> command(WorkerConfig worker, Map<String, String> environment, Programs programs)
            throws CannotBegin {
        return switch (worker.invocation().command()) {
            // What follows the script is its $0, then its $1.
            case Command.Shell shell -> new ArrayList<>(List.of(SHELL, "-c", shell.script(), "sh"));
            case Command.Exec exec -> {
                var argv = new ArrayList<String>();
                for (var argument : exec.argv()) {
                    argv.add(argument.resolve(environment));
                }
                argv.set(
                        0,
                        switch (programs.find(argv.getFirst(), worker.invocation(), environment)) {
                            case Programs.Lookup.Found found -> found.file().toString();
                            case Programs.Lookup.NotFound missing -> throw new CannotBegin(missing.reason());
                        });
                yield argv;
            }
        };
    }
}
