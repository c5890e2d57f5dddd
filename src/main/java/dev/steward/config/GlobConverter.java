package dev.steward.config;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A path or a glob, relative to a folder whose own name is taken as it is.
 *
 * @param folder absolute
 */
record GlobConverter(Path folder) implements Converter<Glob> {
    /** PATH_MAX of Linux: nothing longer names a file. */
    private static final int LONGEST = 4096;

    private static final String AS_IT_IS = "put \\ before a character that is meant as it is";

    @Override
    public Optional<Glob> read(Node node, Scope at) {
        if (node instanceof ScalarNode) {
            return new ScalarConverter<>("a path or a glob", this::parse, schema()).read(node, at);
        }
        at.problem("is " + Nodes.kind(node) + "; it must be a path or a glob", "put a glob into quotes: \"{a,b}.log\"");
        return Optional.empty();
    }

    Parsed<Glob> parse(String written) {
        return switch (Scalars.path(written, folder)) {
            case Parsed.Bad(var message, var suggestion) -> Parsed.bad(message, suggestion);
            case Parsed.Good<Path> _ when written.length() > LONGEST -> Parsed.bad("is longer than any path", "");
            case Parsed.Good<Path> _ -> glob(written);
        };
    }

    private Parsed<Glob> glob(String written) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + written);
        } catch (PatternSyntaxException e) {
            return Parsed.bad("'" + Shown.of(written) + "' is not a glob: " + reason(e, written), AS_IT_IS);
        }
        var segments = GlobSegments.of(written);
        var literal = folder.resolve((written.startsWith("/") ? "/" : "") + segments.literalPart())
                .normalize();
        if (segments.depth() == 0) {
            return Parsed.good(Glob.literally(literal));
        }
        if (segments.names().stream().skip(segments.literal()).anyMatch(name -> name.matches("\\.\\.?"))) {
            return Parsed.bad(
                    "'" + Shown.of(written) + "' matches nothing: . and .. are no names of files",
                    "write them before the first name with * ? [ or {, or not at all");
        }
        if (literal.getNameCount() == 0 && segments.crossesFolders()) {
            return Parsed.bad(
                    "'" + Shown.of(written) + "' is the whole machine",
                    "begin with a folder, for example /var/log/**.log");
        }
        var start = literal.getNameCount() == 0 ? "" : GlobSegments.escaped(literal.toString());
        return Parsed.good(Glob.of(start + "/" + segments.globPart()));
    }

    /** The JDK counts places in the glob, or, for some mistakes, in the regular expression that it makes of it. */
    private static String reason(PatternSyntaxException e, String written) {
        var place = e.getIndex() < 0 || !written.equals(e.getPattern())
                ? ""
                : ", after " + Math.min(e.getIndex() + 1, written.length()) + " characters";
        // The JDK opens quotation marks that it does not close.
        return e.getDescription().replace("'", "") + place;
    }

    @Override
    public Map<String, Object> schema() {
        return Json.object("type", Scalars.ANY_SCALAR);
    }
}
