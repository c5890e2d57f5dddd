package dev.steward.platform;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/** Real programs of this machine that judge what Steward writes. */
final class Programs {
    private Programs() {}

    /** Skips the test where there is no such program. */
    static Commands.Ended run(String... words) throws InterruptedException {
        var ended = Commands.real().run(List.of(words));
        assumeTrue(ended.status() != Commands.NOT_FOUND, () -> words[0] + " is not installed");
        return ended;
    }
}
