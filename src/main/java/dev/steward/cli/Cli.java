package dev.steward.cli;

import dev.steward.agent.ReferenceAgent;
import dev.steward.platform.Host;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Front door of the command line. */
public final class Cli {
    private static final String WHOLE = "whole";

    private Cli() {}

    /** Runs one command of this process; the result is its exit status. */
    public static int run(InstantSource clock, String[] args) {
        return run(Caller.own(clock), args);
    }

    static int run(Caller caller, String... args) {
        var line = line(caller);
        var status = line.execute(new Helping(line).asOption(args));
        caller.terminal().err().flush();
        return Exit.of(status, caller.terminal().out(), caller::say);
    }

    static CommandLine line(Caller caller) {
        var root = new Root(caller);
        var line = new CommandLine(root);
        line.getCommandSpec().version(VersionCommand.line());
        commands(root).forEach(line::addSubcommand);
        var audit = new CommandLine(new AuditCommand());
        audit.addSubcommand(new AuditTailCommand(root))
                .addSubcommand(new AuditShowCommand(root))
                .addSubcommand(new AuditVerifyCommand(root));
        line.addSubcommand("audit", audit);
        line.addSubcommand("agent", agent());
        line.addSubcommand("order", order(root));
        line.addSubcommand("inbox", new CommandLine(new InboxCommand()).addSubcommand(new InboxVerifyCommand(root)));
        var out = new PrintWriter(caller.terminal().out(), true, StandardCharsets.UTF_8);
        var err = new PrintWriter(caller.terminal().err(), true, StandardCharsets.UTF_8);
        line.setOut(out).setErr(err);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(caller.colour() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
        line.setParameterExceptionHandler(new Misuse());
        line.setExecutionExceptionHandler(
                (failure, at, parsed) -> new Mistakes(root).explain(failure, at.getCommandName()));
        return line;
    }

    /** It reads its arguments itself, and says itself which there are. */
    private static CommandLine agent() {
        var agent = new CommandLine(new AgentCommand());
        agent.getCommandSpec()
                .usageMessage()
                .sectionKeys(List.of(WHOLE))
                .sectionMap()
                .put(WHOLE, _ -> ReferenceAgent.usage());
        return agent;
    }

    private static CommandLine order(Root root) {
        return new CommandLine(new OrderCommand())
                .addSubcommand(new OrderShowCommand(root))
                .addSubcommand(new OrderRetryCommand(root))
                .addSubcommand(new OrderCancelCommand(root))
                .addSubcommand(new OrderAbandonCommand(root))
                .addSubcommand(new OrderDoneCommand(root))
                .addSubcommand(new OrderFailCommand(root));
    }

    private static List<Object> commands(Root root) {
        return List.of(
                new InitCommand(root),
                new UpCommand(root),
                new DownCommand(root),
                new InstallCommand(root, Host::own),
                new UninstallCommand(root, Host::own),
                new StatusCommand(root),
                new StartCommand(root),
                new StopCommand(root),
                new RestartCommand(root),
                new SignalCommand(root),
                new IsUpCommand(root),
                new HistoryCommand(root),
                new EventsCommand(root),
                new LogsCommand(root),
                new RotateCommand(root, OwnRotation::of),
                new DropCommand(root),
                new OrdersCommand(root),
                new ReloadCommand(root),
                new UpgradeDaemonCommand(root),
                new ValidateCommand(root),
                new SchemaCommand(root),
                new DoctorCommand(root),
                new CallCommand(root),
                new CompletionCommand(root),
                new VersionCommand(root),
                new DaemonCommand(root),
                new TrainCommand(root));
    }
}
