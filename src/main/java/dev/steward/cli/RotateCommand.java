package dev.steward.cli;

import dev.steward.audit.AuditException;
import dev.steward.config.ConfigException;
import dev.steward.control.Answer;
import dev.steward.control.ControlException;
import dev.steward.control.LogRotation;
import dev.steward.control.Question;
import dev.steward.control.RotationChanges;
import dev.steward.control.RotationReport;
import dev.steward.control.UnknownLog;
import dev.steward.logs.Catalog;
import dev.steward.logs.Outcome;
import dev.steward.logs.Wish;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "rotate",
        description = {
            "Rotates logs that are due, and says what came of each. Works without a daemon.",
            "A log is an agent's, the daemon's own, or one that the configuration names under logs: files:."
        },
        footer = {
            "",
            "Examples:",
            "  steward rotate                     what is due",
            "  steward rotate --dry-run           what would be done, and why not",
            "  steward rotate --force g/logs/web.log",
            "  steward rotate --json | jq -r 'select(.result == \"failed\") | .log'",
            "  steward rotate --status            what came of each log last"
        })
final class RotateCommand implements Callable<Integer> {
    /** Rotates without a daemon. */
    interface Offline {
        LogRotation of(Root root, Catalog catalog);
    }

    private final Root root;
    private final Offline offline;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Live logs; default: all that the configuration knows.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only says what would be done, and why not.")
    private boolean dryRun;

    @Option(names = "--force", description = "Also what is neither large nor old enough.")
    private boolean force;

    @Option(names = "--status", description = "Rotates nothing: shows what came of each log last.")
    private boolean status;

    @Option(names = "--json", description = "For programs: one JSON object a line; with --status a JSON array.")
    private boolean json;

    RotateCommand(Root root, Offline offline) {
        this.root = root;
        this.offline = offline;
    }

    @Override
    public Integer call() throws Exception {
        if (!status) {
            var wish = new Wish(wished(), dryRun, force);
            return Without.daemon(() -> live(wish), () -> alone(wish));
        }
        if (dryRun || force || !paths.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--status goes without PATH, --dry-run and --force");
        }
        var text = Without.daemon(this::rotations, this::remembered);
        root.caller().print(text);
        if (text.isEmpty()) {
            root.caller().say("no log was rotated yet");
        }
        return Exit.OK;
    }

    private List<Path> wished() throws Failure {
        var wished = new ArrayList<Path>();
        for (var path : paths) {
            if (path.indexOf('\uFFFD') >= 0) {
                throw new Failure(
                        Exit.USAGE,
                        path + ": this name is not in the encoding of your locale ("
                                + System.getProperty("sun.jnu.encoding")
                                + "). Use LC_ALL=C.UTF-8, or rename it");
            }
            wished.add(root.path(path));
        }
        return wished;
    }

    private int live(Wish wish) throws Failure, ControlException {
        var question = Question.of("rotate").with("dry_run", dryRun).with("force", force);
        var whole = wish.paths().isEmpty()
                ? question
                : question.with(
                        "paths", wish.paths().stream().map(Path::toString).toList());
        var answer = asked(whole);
        return end(
                answer.text("text"),
                answer.textIfThere("remark"),
                answer.flag("well"),
                !"0".equals(answer.member("busy")));
    }

    private Answer asked(Question question) throws Failure, ControlException {
        try (var progress = progress()) {
            return root.ask(question, line -> {
                progress.step();
                line(line);
            });
        }
    }

    private int alone(Wish wish) throws Exception {
        var catalog = new Catalog(root.configuration(), root.home().daemonLog());
        var rotation = offline.of(root, catalog);
        var report = new RotationReport(wish, Caller.zone());
        var outcomes = new ArrayList<Outcome>();
        try (var progress = progress()) {
            rotation.rotate(wish, outcome -> {
                outcomes.add(outcome);
                progress.step();
                line(report.add(outcome));
            });
        } catch (UnknownLog e) {
            throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
        } finally {
            new RotationRecord(root.home())
                    .write(outcomes)
                    .ifPresent(why -> root.caller().say("status will not tell of this: " + why));
            audit(outcomes);
        }
        return end(report.text(), report.remark(rotation), report.isWell(), report.busy() > 0);
    }

    private void audit(List<Outcome> outcomes) throws Failure, ConfigException {
        var events = outcomes.stream()
                .flatMap(outcome -> RotationChanges.audited(outcome).stream())
                .toList();
        if (events.isEmpty()) {
            return;
        }
        try {
            OwnAudit.of(root).append(events);
        } catch (AuditException e) {
            root.caller().say("the audit trail will not tell of this: " + e.getMessage());
        }
    }

    private Progress progress() {
        var terminal = root.caller().terminal();
        return Progress.begin(terminal, terminal.shown() && !json, "rotating logs");
    }

    private void line(String line) {
        if (json) {
            root.caller().printLine(line);
        }
    }

    private int end(String text, Optional<String> remark, boolean well, boolean busy) {
        if (!json) {
            root.caller().print(text);
        }
        remark.stream().flatMap(String::lines).forEach(root.caller()::say);
        if (!well) {
            return Exit.BAD_NEWS;
        }
        return busy ? Exit.TRY_LATER : Exit.OK;
    }

    private String rotations() throws Failure, ControlException {
        return Ask.printed(root.ask(Question.of("rotations").with("format", json ? "json" : "text")));
    }

    private String remembered() throws Exception {
        try (var state = root.state()) {
            var remembered = Root.remembered(state);
            return json ? remembered.rotationsJson() + "\n" : remembered.rotationsText();
        }
    }
}
