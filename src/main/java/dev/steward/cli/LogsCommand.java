package dev.steward.cli;

import dev.steward.config.ConfigException;
import dev.steward.control.Question;
import dev.steward.logs.LogReader;
import dev.steward.logs.read.Moment;
import dev.steward.logs.read.Moment.TimeOfDay;
import dev.steward.logs.read.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Shows an agent's output, archives included, byte for byte. Works without a daemon.",
        footer = {
            "",
            "TIME is 10m, 1h30m, 2d (before now), yesterday, today, now, 05:49, 2025-10-30,",
            "'2025-10-30 05:49' or 2025-10-30T05:49:11+07:00. A line that begins with no time has the time",
            "of the line before.",
            "",
            "Examples:",
            "  steward logs cls",
            "  steward logs cls -f",
            "  steward logs cls --since 1h --grep FAIL",
            "  steward logs cls --since yesterday --until today -n 100",
            "  steward logs cls --all | gzip > cls.gz"
        })
final class LogsCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final long USUAL = 20;

    private final Root root;

    @Parameters(paramLabel = "AGENT", description = "Its name.")
    private String agent = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description =
                    "The last N lines, of those that are wanted. Default: 20, unless one of the following is given.")
    private Optional<Long> lines = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what comes, until Ctrl-C or --until, through rotations.")
    private boolean follow;

    @Option(names = "--since", paramLabel = "TIME", description = "Lines of this time or later.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Lines of this time or earlier.")
    private Optional<String> until = Optional.empty();

    @Option(
            names = "--grep",
            paramLabel = "RE",
            description =
                    "Lines that this regular expression of Java finds something in; (?i) at its head ignores case.")
    private Optional<String> grep = Optional.empty();

    @Option(names = "--all", description = "All lines.")
    private boolean all;

    LogsCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var wish = wish(root.caller().clock().instant());
        var file = Without.daemon(
                () -> Path.of(
                        root.ask(Question.of("log_path").with("agent", agent)).text()),
                this::configured);
        var setting = new LogReader.Setting(root.caller().clock(), Caller.zone(), root.caller()::say);
        try (var reader = LogReader.of(file, setting)) {
            if (!follow && !reader.exists()) {
                throw new Failure(Exit.UNAVAILABLE, agent + " has not written anything: there is no file " + file);
            }
            reader.show(wish, root.caller().terminal().out());
            if (follow) {
                follow(reader, wish.selection());
            }
            reader.finish();
            return reader.isIncomplete() ? Exit.NOT_PERMITTED : Exit.OK;
        }
    }

    private void follow(LogReader reader, Selection selection) throws IOException, InterruptedException {
        reader.supposeTime();
        while (root.caller().isHeard() && !isOver(selection)) {
            root.caller().pause().of(EVERY);
            reader.more();
        }
    }

    private boolean isOver(Selection selection) {
        return selection
                .until()
                .filter(root.caller().clock().instant()::isAfter)
                .isPresent();
    }

    private LogReader.Wish wish(Instant now) throws Failure {
        if (lines.filter(count -> count < 0).isPresent()) {
            throw new Failure(Exit.USAGE, "-n " + lines.get() + ": there are no fewer than 0 lines");
        }
        var from = moment("--since", since, TimeOfDay.LAST, now);
        var to = moment("--until", until, TimeOfDay.TODAY, now);
        if (from.isPresent() && to.filter(from.get()::isAfter).isPresent()) {
            throw new Failure(Exit.USAGE, "--since " + since.get() + " is after --until " + until.get());
        }
        var selection = new Selection(from, to, pattern());
        var usual = all || !selection.isAll() ? OptionalLong.empty() : OptionalLong.of(USUAL);
        return new LogReader.Wish(lines.map(OptionalLong::of).orElse(usual), selection);
    }

    private static Optional<Instant> moment(String option, Optional<String> text, TimeOfDay day, Instant now)
            throws Failure {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var moment = Moment.of(text.get(), day, now, Caller.zone());
        if (moment.isEmpty()) {
            throw new Failure(Exit.USAGE, option + ": '" + text.get() + "' is no time; " + Moment.WRITTEN);
        }
        return moment;
    }

    private Optional<Pattern> pattern() throws Failure {
        try {
            return grep.map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            var place = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
            throw new Failure(Exit.USAGE, "--grep: '" + grep.orElse("") + "': " + e.getDescription() + place);
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
