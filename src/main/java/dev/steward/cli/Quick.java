package dev.steward.cli;

import dev.steward.control.Answer;
import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.daemon.Home;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers what scripts and people ask all the time, {@code status} and {@code is-up}, where it is written plainly and the
 * daemon answers. Everything else is left to {@link Cli}, which loads the command line's library: half of a command's time.
 */
public final class Quick {
    /** No exit status: this is for {@link Cli}. */
    public static final int NOT_MINE = -1;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private @Nullable String home;
    private @Nullable String command;
    private @Nullable String agent;
    private boolean json;

    private Quick() {}

    /** The exit status, with the answer printed; or {@link #NOT_MINE}, and nothing was. */
    public static int answer(String[] args) {
        var quick = new Quick();
        return quick.read(args) ? quick.run() : NOT_MINE;
    }

    private boolean read(String[] args) {
        for (var i = 0; i < args.length; i++) {
            var arg = args[i];
            if (arg.equals("--home") && i + 1 < args.length && home == null) {
                home = args[++i];
            } else if (arg.equals("--json") && "status".equals(command)) {
                json = true;
            } else if (arg.startsWith("-")) {
                return false;
            } else if (command == null) {
                command = arg;
            } else if (command.equals("is-up") && agent == null) {
                agent = arg;
            } else {
                return false;
            }
        }
        return "status".equals(command) || ("is-up".equals(command) && agent != null);
    }

    private int run() {
        try {
            var at = Home.locate(
                    Optional.ofNullable(home), System.getenv(), Path.of("").toAbsolutePath());
            try (var client = ControlClient.connect(at.folder()).within(PATIENCE)) {
                return agent == null ? status(client) : Ask.isUp(client.ask(Ask.isUp(agent)));
            }
        } catch (ControlException | InvalidPathException e) {
            // Told by the command itself, which tries again and knows what to say.
            return NOT_MINE;
        }
    }

    private int status(ControlClient client) throws ControlException {
        var colour = !json && Terminal.colour(Terminal.isShown(), System.getenv());
        return print(client.ask(Ask.status(json, colour)));
    }

    private int print(Answer answer) {
        var out = Output.own();
        out.print(Ask.printed(answer));
        return Exit.of(Exit.OK, out, message -> System.err.println("steward: " + message));
    }
}
