package dev.steward.platform;

import java.util.Optional;
import java.util.SortedMap;

/**
 * All that a unit or a plist is made from: the same service gives the same text.
 *
 * @param user whom the machine's init starts it as; empty for a user's own init, which knows no other
 * @param environment the variables that the daemon and its agents get from the init
 */
public record Service(ServiceName name, Launch launch, Optional<String> user, SortedMap<String, String> environment) {
    /**
     * @throws CannotInstall if something of it can stand in no unit and in no plist
     */
    void check() throws CannotInstall {
        for (var word : launch.words("daemon")) {
            Writable.check(word);
        }
        if (user.isPresent()) {
            Writable.check(user.get());
        }
    }
}
