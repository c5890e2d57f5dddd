package dev.steward.cli;

import dev.steward.cli.Finding.Verdict;
import dev.steward.control.Question;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = {
            "Looks at the machine, the home and the configuration, and says what stands in the way.",
            "Exit status 1: something failed, or could not be found out."
        },
        footer = {
            "",
            "Examples:",
            "  steward doctor",
            "  steward doctor --json | jq -r '.[] | select(.status != \"pass\")'"
        })
final class DoctorCommand implements Callable<Integer> {
    private final Root root;

    @Option(names = "--json", description = "For programs: a JSON array.")
    private boolean json;

    DoctorCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Failure {
        var findings = new Examination(root).findings();
        root.caller().print(json ? json(findings) : text(findings));
        return findings.stream().anyMatch(Finding::isBad) ? Exit.BAD_NEWS : Exit.OK;
    }

    private static String text(List<Finding> findings) {
        return findings.stream()
                .map(finding -> (finding.verdict() == Verdict.PASS
                                ? "ok     "
                                : padded(finding.verdict().word())) + " " + finding.name() + ": " + finding.said()
                        + "\n")
                .collect(Collectors.joining());
    }

    private static String padded(String word) {
        return word + " ".repeat(7 - word.length());
    }

    private static String json(List<Finding> findings) {
        return findings.stream()
                .map(finding -> "{\"name\":" + Question.quote(finding.name()) + ",\"status\":"
                        + Question.quote(finding.verdict().word()) + ",\"said\":" + Question.quote(finding.said())
                        + "}")
                .collect(Collectors.joining(",", "[", "]\n"));
    }
}
