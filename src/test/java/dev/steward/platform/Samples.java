package dev.steward.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Services, and names that have led programs astray. */
final class Samples {
    static final List<String> ODD_NAMES = List.of(
            "plain",
            "two words",
            " leading and trailing ",
            "100%",
            "%h%n%%",
            "$HOME",
            "${HOME}",
            "a$b$$",
            "it's",
            "say \"hi\"",
            "back\\slash",
            "ends in \\",
            "\\x20",
            "Gr\u00fc\u00dfe \u65e5\u672c \ud83e\udd89",
            "# comment",
            ";semi",
            "-dash",
            "=",
            "a=b",
            "<&>]]>",
            "--",
            "*?[x]{a,b}~",
            "[Service]");

    private Samples() {}

    static Service user(Path launcher, Path home) {
        return service(launcher, home, Optional.empty());
    }

    static Service system(Path launcher, Path home) {
        return service(launcher, home, Optional.of("root"));
    }

    private static Service service(Path launcher, Path home, Optional<String> user) {
        var environment = new TreeMap<>(Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8"));
        var launch = new Launch(launcher, home, home.resolve("steward.yaml"));
        return new Service(ServiceName.of(home, home), launch, user, environment);
    }
}
