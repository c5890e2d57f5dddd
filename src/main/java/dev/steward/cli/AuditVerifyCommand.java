package dev.steward.cli;

import dev.steward.audit.AuditException;
import dev.steward.audit.AuditVerifier;
import dev.steward.audit.AuditVerifier.Verdict;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Checks that no record was changed, added or taken away.",
            "What was cut off at the end shows by the head's hash only: compare it with one that was kept elsewhere.",
            "Exit status 1: the chain is broken, or there is none."
        },
        footer = {"", "Examples:", "  steward audit verify", "  steward audit verify /backup/audit.jsonl"})
final class AuditVerifyCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: the one in the configuration.")
    private Optional<String> file = Optional.empty();

    AuditVerifyCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var path = AuditFile.of(root, file);
        try {
            return tell(path, AuditVerifier.verify(path));
        } catch (AuditException e) {
            throw new Failure(Exit.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private int tell(Path path, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Intact intact -> {
                print(path + ": intact, " + counted(intact.records(), "record") + ", head " + intact.headHash());
                if (intact.sealedOldLines() > 0) {
                    print(counted(intact.sealedOldLines(), "line")
                            + " from before the chain, sealed by its first record");
                }
                intact.tornTail().ifPresent(this::print);
                yield Exit.OK;
            }
            case Verdict.Broken broken -> {
                print(path + ": broken at line " + broken.lineNumber() + ": " + broken.reason());
                yield Exit.BAD_NEWS;
            }
            case Verdict.Unchained unchained -> {
                print(path + ": " + counted(unchained.lines(), "line")
                        + ", and no record: nothing says whether they are what was written");
                yield Exit.BAD_NEWS;
            }
            case Verdict.Missing _ -> {
                print(path + ": there is no such file");
                yield Exit.BAD_NEWS;
            }
        };
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void print(String line) {
        root.caller().printLine(line);
    }
}
