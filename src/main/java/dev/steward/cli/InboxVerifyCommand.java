package dev.steward.cli;

import dev.steward.bus.BusException;
import dev.steward.config.ConfigException;
import dev.steward.control.OrderCheck;
import dev.steward.orders.InboxCheck;
import dev.steward.orders.InboxName;
import dev.steward.orders.OrderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Checks every checksum of every work order that lies in an inbox. Works without a daemon.",
            "Exit status 1: an order is not what its evidence says, or not whole."
        },
        footer = {
            "",
            "Examples:",
            "  steward inbox verify",
            "  steward inbox verify CLC",
            "  steward inbox verify --json | jq -r 'select(.sound | not) | .wo_id'"
        })
final class InboxVerifyCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The inbox, in any case; default: all.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--json", description = "For programs: one JSON object a line, for each order.")
    private boolean json;

    InboxVerifyCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var well = true;
        for (var inbox : inboxes()) {
            well &= check(inbox);
        }
        return well ? Exit.OK : Exit.BAD_NEWS;
    }

    private List<Path> inboxes() throws Failure, ConfigException, OrderException, IOException {
        var all = root.configuration().paths().inbox();
        if (name.isEmpty()) {
            return folders(all);
        }
        var folder = InboxName.of(name.get()).folderIn(all);
        if (!Files.isDirectory(folder)) {
            throw new Failure(Exit.UNAVAILABLE, "there is no inbox " + folder);
        }
        return List.of(folder);
    }

    /** Also those that the configuration doesn't name: agents receive what they are told to. */
    private static List<Path> folders(Path all) throws IOException {
        var folders = new ArrayList<Path>();
        if (Files.isDirectory(all)) {
            try (var entries = Files.newDirectoryStream(all, "[!.]*")) {
                for (var entry : entries) {
                    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                        folders.add(entry);
                    }
                }
            }
        }
        folders.sort(null);
        return folders;
    }

    private boolean check(Path inbox) throws Failure, IOException, BusException {
        var caller = root.caller();
        var check = new OrderCheck(String.valueOf(inbox.getFileName()));
        var known = OrderLedger.ifThere(root);
        try (var memory = new OrderMemory(known)) {
            InboxCheck.check(inbox, memory, verdict -> {
                var lines = json ? List.of(check.json(verdict)) : check.findings(verdict);
                lines.forEach(caller::printLine);
            });
            memory.tellTrouble();
        }
        if (!json) {
            caller.printLine(check.summary());
        }
        return check.isWell();
    }
}
