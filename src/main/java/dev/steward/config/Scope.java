package dev.steward.config;

import java.nio.file.Path;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A place in the tree of a file while it is read: knows its path for messages and its position in the text. */
final class Scope {
    private final Problems problems;
    private final String pointer;
    private final String path;
    private final Position position;

    private Scope(Problems problems, String pointer, String path, Position position) {
        this.problems = problems;
        this.pointer = pointer;
        this.path = path;
        this.position = position;
    }

    static Scope root(Problems problems, Node node) {
        return new Scope(problems, "", "", Position.of(node));
    }

    /** For reading a default: it stands nowhere in the file, and its problems would be this package's own. */
    static Scope detached() {
        return new Scope(new Problems(Path.of("default")), "", "", Position.WHOLE_FILE);
    }

    /** The value of a key. A section, or nothing, is pointed at by its key: its own text may begin a line later. */
    Scope enter(String key, Node keyNode, Node value) {
        var place = value instanceof ScalarNode && !Nodes.isNull(value) ? Position.of(value) : Position.of(keyNode);
        problems.remember(pointer + "/" + key, place);
        return key(key);
    }

    Scope enter(int index, Node value) {
        problems.remember(pointer + "/" + index, Position.of(value));
        return item(index);
    }

    /** A key that may have been given; if it was not, the place of what surrounds it. */
    Scope key(String name) {
        return child(name, path.isEmpty() ? Shown.of(name) : path + "." + Shown.of(name));
    }

    Scope item(int index) {
        return child(Integer.toString(index), path + "[" + index + "]");
    }

    private Scope child(String name, String childPath) {
        var childPointer = pointer + "/" + name;
        return new Scope(
                problems,
                childPointer,
                childPath,
                problems.position(childPointer).orElse(position));
    }

    /** Whether the file gives this key here. */
    boolean has(String key) {
        return problems.position(pointer + "/" + key).isPresent();
    }

    void problem(String message, String suggestion) {
        problems.add(position, path.isEmpty() ? "the file " + message : path + ": " + message, suggestion);
    }

    /** A problem whose message names the place itself. */
    void problemAt(Node node, String message, String suggestion) {
        problems.add(Position.of(node), message, suggestion);
    }

    /** A problem of another file that this place names. */
    void foreign(Problem problem) {
        problems.add(problem);
    }
}
