package dev.steward.cli;

import dev.steward.audit.AuditException;
import dev.steward.bus.BusException;
import dev.steward.config.ConfigException;
import dev.steward.control.ControlException;
import dev.steward.orders.OrderException;
import dev.steward.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/** Tells people what went wrong, and programs by an exit status. Only a fault of Steward has a stack trace, and not on the screen. */
final class Mistakes {
    private final Root root;

    Mistakes(Root root) {
        this.root = root;
    }

    int explain(Exception failure, String command) {
        return switch (failure) {
            case Failure known -> say(known.status(), known);
            case ControlException control -> daemon(control, command);
            case ConfigException refused -> configuration(refused);
            case BusException bus -> say(status(bus.kind()), bus);
            case OrderException order -> say(status(order.kind()), order);
            case AuditException audit -> say(Exit.UNAVAILABLE, audit);
            case StoreException store -> say(Exit.UNAVAILABLE, store);
            case AccessDeniedException denied -> say(Exit.NOT_PERMITTED, denied.getFile() + ": no right to do this");
            case NoSuchFileException missing -> say(Exit.UNAVAILABLE, missing.getFile() + ": there is no such file");
            case IOException broken -> say(Exit.UNAVAILABLE, broken);
            // Somebody has had enough of waiting.
            case InterruptedException _ -> Exit.INTERRUPTED;
            default -> internal(failure);
        };
    }

    private static int status(BusException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE, UNUSABLE -> Exit.UNAVAILABLE;
            case FULL -> Exit.CANNOT_CREATE;
            case REFUSED -> Exit.USAGE;
        };
    }

    private static int status(OrderException.Kind kind) {
        return switch (kind) {
            case MISUSE -> Exit.USAGE;
            case UNREADABLE -> Exit.NO_INPUT;
            case CANNOT_CREATE -> Exit.CANNOT_CREATE;
        };
    }

    private int daemon(ControlException failure, String command) {
        return switch (failure.kind()) {
            case NOT_RUNNING -> notRunning(failure, command);
            case SILENT -> notRunning(failure, command);
            case NO_ANSWER -> say(Exit.UNAVAILABLE, failure);
            case UNAVAILABLE -> say(Exit.UNAVAILABLE, failure);
            case NOT_PERMITTED -> say(Exit.NOT_PERMITTED, failure);
            case MISUSE -> say(Exit.USAGE, failure);
            case CONFIGURATION -> {
                say(Exit.CONFIGURATION, "the configuration was refused, and nothing has changed:");
                yield lines(Exit.CONFIGURATION, String.valueOf(failure.getMessage()));
            }
            case BUSY -> say(Exit.TRY_LATER, failure);
            case INTERNAL -> say(Exit.INTERNAL, failure);
        };
    }

    private int notRunning(ControlException failure, String command) {
        var start =
                failure.getMessage() + "; steward " + command + " needs one. Start it: " + root.again("up --detach");
        try {
            return say(
                    Exit.UNAVAILABLE,
                    Unanswered.at(root.home()).map(Unanswered::message).orElse(start));
        } catch (Failure e) {
            return say(e.status(), e);
        } catch (IOException e) {
            return say(Exit.UNAVAILABLE, start + ". (Whether one lives cannot be found out: " + e.getMessage() + ")");
        }
    }

    private int configuration(ConfigException refused) {
        var count = refused.problems().size();
        say(Exit.CONFIGURATION, "the configuration has " + (count == 1 ? "a problem:" : count + " problems:"));
        return lines(Exit.CONFIGURATION, String.valueOf(refused.getMessage()));
    }

    private int lines(int status, String text) {
        root.caller().terminal().err().println(text);
        return status;
    }

    private int say(int status, Exception failure) {
        return say(status, String.valueOf(failure.getMessage()));
    }

    private int say(int status, String message) {
        root.caller().say(message);
        return status;
    }

    private int internal(Exception failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        if ("1".equals(root.caller().environment().get("STEWARD_DEBUG"))) {
            root.caller().terminal().err().print(trace);
        }
        return say(Exit.INTERNAL, "a fault of Steward: " + failure + ". " + keep(trace.toString()));
    }

    private static String keep(String trace) {
        try {
            var file = Files.createTempFile("steward-fault-", ".txt");
            Files.writeString(file, trace);
            return "Where it came from stands in " + file;
        } catch (IOException e) {
            return "STEWARD_DEBUG=1 shows where it came from; it could not be written to a file: " + e.getMessage();
        }
    }
}
