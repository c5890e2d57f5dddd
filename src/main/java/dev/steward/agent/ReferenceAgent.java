package dev.steward.agent;

import dev.steward.agent.Options.Misuse;
import dev.steward.orders.OrderException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Front door of the reference agent, {@code steward agent}. */
public final class ReferenceAgent {
    private static final int USAGE = 64;

    private ReferenceAgent() {}

    /**
     * Runs until TERM or INT, which end the process with status 0.
     *
     * @param arguments those after {@code agent}
     * @return the exit status: 0, or 64 for a mistake in the arguments, which was explained on standard error
     */
    public static int run(List<String> arguments, Map<String, String> environment) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(arguments, environment);
        } catch (Misuse e) {
            System.err.println("steward agent: " + e.getMessage());
            return USAGE;
        }
        var clock = InstantSource.system();
        var log = new Log(new FileOutputStream(FileDescriptor.out), clock, ZoneId.systemDefault());
        var life =
                new Life(options, Self.here(options.name(), environment), log, new Beats.Time(clock, System::nanoTime));
        var mailbox = new Mailbox();
        var end = new End(mailbox);
        Runtime.getRuntime().addShutdownHook(new Thread(end::come));
        try {
            life.run(mailbox);
            end.well();
        } finally {
            end.done();
        }
        return 0;
    }

    /** What it takes, for people. */
    public static String usage() {
        return Options.USAGE;
    }

    /** Lives for a moment, unseen: what the JVM watches while it makes an AOT cache for agents. */
    public static void rehearse() throws InterruptedException, IOException {
        try {
            new Rehearsal(InstantSource.system(), System::nanoTime).run();
        } catch (OrderException e) {
            throw new IllegalStateException(e);
        }
    }
}
