package dev.steward.cli;

import dev.steward.audit.AuditException;
import dev.steward.audit.AuditReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {
            "Shows a record by its number, or all records of a work order, oldest first.",
            "Exit status 1: there is none."
        },
        footer = {
            "",
            "Examples:",
            "  steward audit show 6",
            "  steward audit show WO-20251030-7K3V9QX2MD",
            "  steward audit show WO-20251030-7K3V9QX2MD --json | jq -r .event"
        })
final class AuditShowCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(
            index = "0",
            paramLabel = "SEQ|ID",
            description = "A record's seq, or a work order's id: what is digits alone is a seq.")
    private String wanted = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            arity = "0..1",
            description = "Default: the one in the configuration.")
    private Optional<String> file = Optional.empty();

    @Option(names = "--json", description = "For programs: the lines as they stand in the file.")
    private boolean json;

    AuditShowCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var path = AuditFile.of(root, file);
        try {
            if (find(path, json ? root.caller()::printLine : new Paragraphs())) {
                return Exit.OK;
            }
        } catch (AuditException e) {
            throw new Failure(Exit.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        root.caller().say(path + " has no record " + (isSeq() ? "" : "of ") + wanted);
        return Exit.BAD_NEWS;
    }

    private boolean find(Path path, Consumer<String> each) throws AuditException {
        return isSeq()
                ? AuditReader.record(path, Long.parseLong(wanted), each)
                : AuditReader.recordsOf(path, wanted, each);
    }

    private boolean isSeq() {
        return wanted.matches("[0-9]{1,18}");
    }

    /** For people, an empty line between two. */
    private final class Paragraphs implements Consumer<String> {
        private String before = "";

        @Override
        public void accept(String line) {
            root.caller().print(before + AuditReader.forPeople(line));
            before = "\n";
        }
    }
}
