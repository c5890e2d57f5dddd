package dev.steward.config;

import org.snakeyaml.engine.v2.nodes.Node;

/** A place in a file, counted from 1; {@link #WHOLE_FILE} where there is none. */
record Position(int line, int column) {
    static final Position WHOLE_FILE = new Position(0, 0);

    static Position of(Node node) {
        return node.getStartMark()
                .map(mark -> new Position(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(WHOLE_FILE);
    }
}
