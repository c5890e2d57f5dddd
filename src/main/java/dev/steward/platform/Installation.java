package dev.steward.platform;

import dev.steward.platform.CannotInstall.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One home's daemon in the hands of the machine's init, which starts it at boot and again whenever it ends: systemd.service(5),
 * launchd.plist(5). For one thread.
 */
public final class Installation {
    private final Init init;
    private final Commands commands;
    private final Service service;
    private final Consumer<String> say;

    private Installation(Init init, Commands commands, Service service, Consumer<String> say) {
        this.init = init;
        this.commands = commands;
        this.service = service;
        this.say = say;
    }

    /**
     * Looks at nothing yet.
     *
     * @param shell the environment of whoever asks
     * @param say takes what was done, for people
     * @throws CannotInstall if there is no init that Steward knows, or the service cannot be described to it
     */
    public static Installation of(
            Host host, Scope scope, Map<String, String> shell, Service service, Consumer<String> say)
            throws CannotInstall {
        service.check();
        return new Installation(Inits.of(host, scope, shell), host.commands(), service, say);
    }

    /** The unit or plist. */
    public Path file() {
        return init.file(service.name());
    }

    /** All that {@link #install} would do, on a machine that knows nothing of the service yet. */
    public String installPlan() {
        return "# writes " + file() + "\n" + init.text(service) + "# runs\n" + typed(init.load(service.name(), false));
    }

    /** All that {@link #uninstall} would do. */
    public String uninstallPlan() {
        return "# runs\n" + typed(init.unload(service.name(), true)) + "# removes " + file() + "\n"
                + (init.afterwards().isEmpty() ? "" : "# runs\n" + typed(init.afterwards()));
    }

    private static String typed(List<Step> steps) {
        return steps.stream().map(step -> step.typed() + "\n").collect(Collectors.joining());
    }

    /**
     * Whether the init runs the service, or is about to.
     *
     * @throws CannotInstall if the init's own program is missing
     */
    public boolean isLoaded() throws CannotInstall, InterruptedException {
        var words = init.query(service.name());
        var answer = commands.run(words);
        if (answer.status() == Commands.NOT_FOUND) {
            throw new CannotInstall(
                    Why.UNAVAILABLE,
                    "there is no " + words.getFirst() + " here (" + answer.said()
                            + "), so nothing that Steward knows starts something at boot; docs/boot.md says what to do"
                            + " in a container and with another init");
        }
        return init.isLoaded(answer);
    }

    /**
     * Refuses to touch what somebody else wrote.
     *
     * @param remedy what to do then, for people
     * @throws CannotInstall if there is a file that is not Steward's, or is of another home
     */
    public void checkFile(String remedy) throws CannotInstall {
        var obstacle = switch (new UnitFile(file()).read()) {
            case UnitFile.Found.Nothing() -> "";
            case UnitFile.Found.Other() -> "is a link or no file at all";
            case UnitFile.Found.Text(var text) -> obstacle(text);
        };
        if (!obstacle.isEmpty()) {
            throw new CannotInstall(Why.CANNOT_CREATE, file() + " " + obstacle + ", so it is left alone; " + remedy);
        }
    }

    private String obstacle(String text) {
        if (!init.isOurs(text)) {
            return "was not written by steward install";
        }
        return init.isOf(service.launch(), text)
                ? ""
                : "is of another home than " + service.launch().home();
    }

    /**
     * Writes the file, has the init take it up and start the daemon, unless it runs under this init already. Overwrites what is
     * there.
     *
     * @throws CannotInstall if it cannot be written, or the init refuses; the message says what was not done
     */
    public void install() throws CannotInstall, InterruptedException {
        var loaded = isLoaded();
        var changed = write();
        makeFolder();
        var refused = run(init.load(service.name(), loaded));
        if (refused.isPresent()) {
            throw new CannotInstall(
                    Why.UNAVAILABLE,
                    "the daemon was not started, since " + refused.get().why() + "\nWhen that is mended, run:\n"
                            + typed(refused.get().left()).indent(2).stripTrailing());
        }
        if (loaded && changed) {
            say.accept("the daemon runs on as it was started. To take up the change at once, which stops the agents and"
                    + " starts them again: "
                    + init.again(service.name()).stream().map(Step::typed).collect(Collectors.joining(" && ")));
        }
    }

    private boolean write() throws CannotInstall {
        var file = new UnitFile(file());
        var text = init.text(service);
        if (file.read().equals(new UnitFile.Found.Text(text))) {
            say.accept(file() + " is as it should be");
            return false;
        }
        file.write(text);
        say.accept("wrote " + file());
        return true;
    }

    /** With the home's owner, whoever installs. */
    private void makeFolder() throws CannotInstall {
        var folder = init.folder(service.launch());
        try {
            if (folder.isPresent() && !Files.isDirectory(folder.get())) {
                Files.createDirectory(folder.get());
                Files.setOwner(folder.get(), Files.getOwner(service.launch().home()));
            }
        } catch (IOException e) {
            throw new CannotInstall(Why.CANNOT_CREATE, folder.get() + " cannot be made: " + e);
        }
    }

    /**
     * Has the init stop the daemon, which stops its agents, and forget it; then removes the file. Without one it says so, and
     * that is all.
     *
     * @throws CannotInstall if the init refuses, and then the file stays; or if the file cannot be removed
     */
    public void uninstall() throws CannotInstall, InterruptedException {
        if (new UnitFile(file()).read() instanceof UnitFile.Found.Nothing) {
            say.accept("nothing is installed: there is no " + file());
            return;
        }
        var loaded = isLoaded();
        var refused = run(init.unload(service.name(), loaded));
        if (refused.isPresent()) {
            throw new CannotInstall(
                    Why.UNAVAILABLE,
                    file() + " stays, since " + refused.get().why() + "\nWhen that is mended, run it again");
        }
        new UnitFile(file()).remove();
        say.accept("removed " + file());
        run(init.afterwards()).ifPresent(refusal -> say.accept(refusal.why()));
        if (loaded) {
            say.accept("the daemon was told to stop its agents, and to end");
        }
    }

    /** A step that failed. */
    private record Refused(String why, List<Step> left) {}

    /** Nothing is left to be done if nothing comes back. */
    private Optional<Refused> run(List<Step> steps) throws InterruptedException {
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var ended = commands.run(step.words());
            if (step.good().contains(ended.status())) {
                continue;
            }
            var told = step.typed() + " ended with " + ended.status() + ": " + ended.said();
            if (!step.mayFail()) {
                return Optional.of(new Refused(told, steps.subList(i, steps.size())));
            }
            say.accept(told + " (went on)");
        }
        return Optional.empty();
    }
}
