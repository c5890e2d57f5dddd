package dev.steward.cli;

import dev.steward.config.ConfigException;
import dev.steward.control.Question;
import dev.steward.logs.LogTail;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Shows the end of an agent's output, byte for byte. Works without a daemon.",
        footer = {
            "",
            "Examples:",
            "  steward logs cls",
            "  steward logs cls -n 1000 | grep FAIL",
            "  steward logs cls -f"
        })
final class LogsCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofMillis(200);

    private final Root root;

    @Parameters(paramLabel = "AGENT", description = "Its name.")
    private String agent = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "The last N lines. Default: 20.")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what comes, until Ctrl-C, also when the file is cut or replaced.")
    private boolean follow;

    LogsCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        if (lines < 0) {
            throw new Failure(Exit.USAGE, "-n " + lines + ": there are no fewer than 0 lines");
        }
        var caller = root.caller();
        var file = Without.daemon(
                () -> Path.of(
                        root.ask(Question.of("log_path").with("agent", agent)).text()),
                this::configured);
        try (var tail = LogTail.open(file, caller.terminal().out())) {
            tail.last(lines);
            while (follow && caller.isHeard()) {
                caller.pause().of(EVERY);
                var news = tail.more();
                if (!news.isEmpty()) {
                    caller.say(news);
                }
            }
            return Exit.OK;
        } catch (NoSuchFileException e) {
            throw new Failure(Exit.UNAVAILABLE, agent + " has not written anything: there is no file " + file);
        }
    }

    private Path configured() throws Failure, ConfigException {
        var agents = root.configuration().agents();
        var section = agents.get(agent);
        if (section == null) {
            throw new Failure(
                    Exit.USAGE, "There is no agent '" + agent + "'; there are: " + String.join(", ", agents.keySet()));
        }
        return section.log();
    }
}
