package dev.steward.config;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Turns a file into the tree of its one document (YAML 1.2), with positions; bounded in size, depth and aliases. */
final class YamlFile {
    private static final int LARGEST = 4 << 20;
    private static final int MOST_ALIASES = 2_000;
    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ, Tag.MERGE);

    private YamlFile() {}

    /** The tree, or empty after problems were reported. */
    static Optional<Node> read(Path file, Problems problems) {
        return switch (SmallFile.read(file, LARGEST)) {
            case Parsed.Good(var text) -> parse(text, problems);
            case Parsed.Bad(var message, var suggestion) -> {
                var hint = message.equals("no such file") ? "`steward init` writes one" : suggestion;
                problems.add(Position.WHOLE_FILE, message, hint);
                yield Optional.empty();
            }
        };
    }

    static Optional<Node> parse(String text, Problems problems) {
        if (reportUnprintable(text, problems)) {
            return Optional.empty();
        }
        try {
            var settings = settings();
            var composer =
                    new Composer(settings, new DepthLimit(new ParserImpl(settings, new StreamReader(settings, text))));
            if (!composer.hasNext()) {
                return reportEmpty(problems);
            }
            var document = composer.next();
            if (composer.hasNext()) {
                problems.add(
                        Position.of(composer.next()),
                        "a second document begins here",
                        "keep one in the file: remove the line ---");
                return Optional.empty();
            }
            return Nodes.isNull(document) ? reportEmpty(problems) : withoutOddities(document, problems);
        } catch (MarkedYamlEngineException e) {
            var at = e.getProblemMark().or(e::getContextMark);
            problems.add(
                    at.map(mark -> new Position(mark.getLine() + 1, mark.getColumn() + 1))
                            .orElse(Position.WHOLE_FILE),
                    "not YAML: " + Shown.line(e.getProblem()),
                    at.map(mark -> YamlHints.hint(e.getProblem(), text, mark.getLine()))
                            .orElse(""));
        } catch (YamlEngineException e) {
            problems.add(Position.WHOLE_FILE, "not YAML: " + Shown.line(String.valueOf(e.getMessage())), "");
        }
        return Optional.empty();
    }

    /** A piece of this package's own YAML; empty text has no node. */
    static Optional<Node> snippet(String yaml) {
        return new Compose(settings()).composeString(yaml);
    }

    private static LoadSettings settings() {
        return LoadSettings.builder()
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(LARGEST)
                .build();
    }

    private static Optional<Node> reportEmpty(Problems problems) {
        problems.add(Position.WHOLE_FILE, "the file is empty", "`steward init` writes one to begin with");
        return Optional.empty();
    }

    private static boolean reportUnprintable(String text, Problems problems) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            var point = text.codePointAt(i);
            if (!StreamReader.isPrintable(point)) {
                problems.add(
                        new Position(line, column),
                        String.format("the character U+%04X may not stand in YAML", point),
                        "in double quotes, write \\x and its two digits");
                return true;
            }
            line += point == '\n' ? 1 : 0;
            column = point == '\n' ? 1 : column + 1;
        }
        return false;
    }

    private static Optional<Node> withoutOddities(Node document, Problems problems) {
        var seen = Collections.newSetFromMap(new IdentityHashMap<Node, Boolean>());
        var open = new ArrayDeque<Node>();
        open.push(document);
        boolean odd = false;
        while (!open.isEmpty()) {
            var node = open.pop();
            if (!seen.add(node)) {
                continue;
            }
            if (node.isRecursive()) {
                problems.add(Position.of(node), "contains itself through an alias", "write the section out");
                odd = true;
            }
            if (!TAGS.contains(node.getTag())) {
                problems.add(
                        Position.of(node),
                        "unknown tag " + Shown.of(node.getTag().getValue()),
                        "remove it");
                odd = true;
            }
            switch (node) {
                case MappingNode mapping ->
                    mapping.getValue().forEach(pair -> {
                        open.push(pair.getKeyNode());
                        open.push(pair.getValueNode());
                    });
                case SequenceNode sequence -> sequence.getValue().forEach(open::push);
                default -> {
                    // A scalar holds no others.
                }
            }
        }
        return odd ? Optional.empty() : Optional.of(document);
    }
}
