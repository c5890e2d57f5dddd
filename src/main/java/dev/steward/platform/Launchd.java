package dev.steward.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * launchctl(1), since macOS 10.11.
 *
 * @param domain {@code system} or {@code gui/<uid>}
 * @param folder of property lists
 */
record Launchd(String domain, Path folder) implements Init {
    /** EINPROGRESS: the daemon is stopping its agents, and launchctl does not wait for that. */
    private static final int IN_PROGRESS = 36;

    @Override
    public Path file(ServiceName name) {
        return folder.resolve(name.label() + ".plist");
    }

    @Override
    public String text(Service service) {
        return LaunchdPlist.text(service);
    }

    @Override
    public boolean isOurs(String text) {
        return text.contains(LaunchdPlist.MARK);
    }

    @Override
    public boolean isOf(Launch launch, String text) {
        return LaunchdPlist.isOf(launch, text);
    }

    @Override
    public Optional<Path> folder(Launch launch) {
        return Optional.ofNullable(LaunchdPlist.log(launch).getParent());
    }

    @Override
    public List<String> query(ServiceName name) {
        return List.of("launchctl", "print", target(name));
    }

    @Override
    public boolean isLoaded(Commands.Ended answer) {
        return answer.isWell();
    }

    /** Without {@code -k}, kickstart leaves a service alone that runs. One that somebody disabled could not be loaded. */
    @Override
    public List<Step> load(ServiceName name, boolean loaded) {
        return loaded
                ? List.of(Step.must(List.of("launchctl", "kickstart", target(name))))
                : List.of(Step.must(List.of("launchctl", "enable", target(name))), bootstrap(name));
    }

    /** What has no file is not loaded again. */
    @Override
    public List<Step> unload(ServiceName name, boolean loaded) {
        return loaded ? List.of(bootout(name)) : List.of();
    }

    @Override
    public List<Step> afterwards() {
        return List.of();
    }

    @Override
    public List<Step> again(ServiceName name) {
        return List.of(bootout(name), bootstrap(name));
    }

    private Step bootstrap(ServiceName name) {
        return Step.must(List.of("launchctl", "bootstrap", domain, file(name).toString()));
    }

    private Step bootout(ServiceName name) {
        return new Step(List.of("launchctl", "bootout", target(name)), false, Set.of(0, IN_PROGRESS));
    }

    private String target(ServiceName name) {
        return domain + "/" + name.label();
    }
}
