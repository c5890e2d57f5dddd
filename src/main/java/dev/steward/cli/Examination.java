package dev.steward.cli;

import dev.steward.config.ConfigException;
import dev.steward.control.Answer;
import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import dev.steward.control.Question;
import dev.steward.control.SocketPath;
import dev.steward.daemon.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Everything that {@code doctor} looks at. */
final class Examination {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Root root;
    private final Home home;

    Examination(Root root) throws Failure {
        this.root = root;
        this.home = root.home();
    }

    /** Finds something out. */
    private interface Look {
        Finding look() throws IOException, Failure;
    }

    List<Finding> findings() {
        var disk = existing(home.folder());
        return List.of(
                Machine.java(Runtime.version()),
                look("home", () -> Machine.rights(home.folder())),
                look(
                        "file system",
                        () -> Machine.fileSystem(
                                home.folder(), Files.getFileStore(disk).type())),
                look("disk", () -> Machine.space(disk, Files.getFileStore(disk).getUsableSpace())),
                look("open files", Machine::openFiles),
                look(
                        "clock",
                        () -> Machine.clock(
                                root.caller().clock().instant(),
                                Files.getLastModifiedTime(lastWritten(disk)).toInstant())),
                look("configuration", this::configuration),
                look("socket", this::socket),
                look("daemon", this::daemon),
                look("bus", this::bus));
    }

    private static Finding look(String name, Look look) {
        try {
            return look.look();
        } catch (IOException | Failure e) {
            return Finding.unknown(name, "could not be looked at: " + e);
        }
    }

    private Path lastWritten(Path otherwise) {
        return Files.exists(home.daemonLog()) ? home.daemonLog() : otherwise;
    }

    private static Path existing(Path folder) {
        var path = folder.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    private Finding configuration() throws Failure {
        var file = root.configFile();
        if (!Files.exists(file)) {
            return Finding.warn("configuration", "there is no " + file + " yet; steward init writes one");
        }
        try {
            return Finding.pass("configuration", file + ", " + Census.of(root.configuration()));
        } catch (ConfigException e) {
            return Finding.fail(
                    "configuration", e.problems().size() + " problems in " + file + "; steward validate tells them");
        }
    }

    private Finding socket() {
        try {
            return Finding.pass("socket", SocketPath.of(home.folder()).toString());
        } catch (NoSuchFileException e) {
            return Finding.pass("socket", "none yet");
        } catch (IOException e) {
            return Finding.fail("socket", String.valueOf(e.getMessage()));
        }
    }

    private Finding daemon() throws IOException {
        try (var client = ControlClient.connect(home.folder()).within(PATIENCE)) {
            var answer = client.ask(Question.of("ping"));
            return answer.flag("ready")
                    ? Finding.pass(
                            "daemon", "answers, pid " + answer.member("pid") + ", steward " + answer.text("version"))
                    : Finding.warn("daemon", "is starting, pid " + answer.member("pid"));
        } catch (ControlException e) {
            return e.kind() == Kind.NOT_RUNNING || e.kind() == Kind.SILENT
                    ? withoutAnAnswer()
                    : Finding.fail("daemon", String.valueOf(e.getMessage()));
        }
    }

    private Finding bus() throws IOException {
        try (var client = ControlClient.connect(home.folder()).within(PATIENCE)) {
            var bus = new Answer(client.ask(Ask.status(true, false)).member("daemon")).member("bus");
            if (bus.equals("null")) {
                return Finding.warn("bus", "is not known yet");
            }
            var told = new Answer(bus);
            return told.flag("connected")
                    ? Finding.pass("bus", told.text("kind") + ", connected")
                    : Finding.fail("bus", told.text("kind") + ", away: " + told.text("reason"));
        } catch (ControlException e) {
            // What is wrong with the daemon is said of the daemon.
            return Finding.warn("bus", "is asked of the daemon, which does not answer");
        }
    }

    private Finding withoutAnAnswer() throws IOException {
        return Unanswered.at(home)
                .map(unanswered -> Finding.fail("daemon", unanswered.message()))
                .orElseGet(() -> Finding.warn("daemon", "does not run; " + root.again("up --detach") + " starts it"));
    }
}
