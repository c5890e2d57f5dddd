package dev.steward.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * systemctl(1).
 *
 * @param folder of units
 */
record Systemd(Scope scope, Path folder) implements Init {
    private static final Set<String> LOADED = Set.of("active", "activating", "reloading", "deactivating", "refreshing");

    @Override
    public Path file(ServiceName name) {
        return folder.resolve(name.unit());
    }

    @Override
    public String text(Service service) {
        return SystemdUnit.text(service);
    }

    @Override
    public boolean isOurs(String text) {
        return text.startsWith(SystemdUnit.MARK);
    }

    @Override
    public boolean isOf(Launch launch, String text) {
        return SystemdUnit.isOf(launch, text);
    }

    @Override
    public Optional<Path> folder(Launch launch) {
        return Optional.empty();
    }

    @Override
    public List<String> query(ServiceName name) {
        return systemctl("is-active", name.unit());
    }

    @Override
    public boolean isLoaded(Commands.Ended answer) {
        return LOADED.contains(answer.said());
    }

    /** Enabled first: that works without a running systemd, too, as in the making of an image. */
    @Override
    public List<Step> load(ServiceName name, boolean loaded) {
        var all = new ArrayList<>(
                List.of(Step.must(systemctl("enable", name.unit())), Step.must(systemctl("daemon-reload"))));
        if (!loaded) {
            all.add(Step.must(systemctl("start", name.unit())));
        }
        return all;
    }

    /** Where no systemd runs, it has nothing to stop, and no memory that outlives the file. */
    @Override
    public List<Step> unload(ServiceName name, boolean loaded) {
        return List.of(Step.may(systemctl("stop", name.unit())), Step.must(systemctl("disable", name.unit())));
    }

    @Override
    public List<Step> afterwards() {
        return List.of(Step.may(systemctl("daemon-reload")));
    }

    @Override
    public List<Step> again(ServiceName name) {
        return List.of(Step.must(systemctl("restart", name.unit())));
    }

    private List<String> systemctl(String... words) {
        var all = new ArrayList<>(List.of("systemctl"));
        switch (scope) {
            case USER -> all.add("--user");
            case SYSTEM -> {}
        }
        all.addAll(List.of(words));
        return all;
    }
}
