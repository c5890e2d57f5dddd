package dev.steward.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a machine starts services with. Knows names, texts and commands; runs and writes nothing. */
sealed interface Init permits Systemd, Launchd {
    /** The file that describes the service. */
    Path file(ServiceName name);

    String text(Service service);

    /** Whether Steward wrote that text, and may replace it. */
    boolean isOurs(String text);

    /** Whether it did so for that home. */
    boolean isOf(Launch launch, String text);

    /** A folder that must be there before the service is started. */
    Optional<Path> folder(Launch launch);

    /** Asks whether it runs the service, or is about to. */
    List<String> query(ServiceName name);

    /** What that question's end means. */
    boolean isLoaded(Commands.Ended answer);

    /** Has it take up the file, and run the service now and at each boot. */
    List<Step> load(ServiceName name, boolean loaded);

    /** Ends the service, and has it forgotten at the next boot; before the file goes. */
    List<Step> unload(ServiceName name, boolean loaded);

    /** After the file is gone. */
    List<Step> afterwards();

    /** Has a service that runs take up a file that has changed: the agents are stopped, and started again. */
    List<Step> again(ServiceName name);
}
