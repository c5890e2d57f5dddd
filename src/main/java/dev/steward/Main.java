package dev.steward;

import dev.steward.agent.ReferenceAgent;
import dev.steward.cli.Cli;
import dev.steward.cli.Quick;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Entry point. The agent is a process of its own, and what people ask all the time is answered without the command line's
 * library; everything else is a command of {@link Cli}.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(run(args));
    }

    private static int run(String[] args) throws InterruptedException {
        if (args.length > 0 && args[0].equals("agent") && !isQuestion(args)) {
            return ReferenceAgent.run(Arrays.asList(args).subList(1, args.length), System.getenv());
        }
        var quick = Quick.answer(args);
        return quick == Quick.NOT_MINE ? Cli.run(InstantSource.system(), args) : quick;
    }

    /** Help of the agent is data as that of every command. */
    private static boolean isQuestion(String[] args) {
        return Arrays.asList(args).contains("--help") || Arrays.asList(args).contains("-h");
    }
}
