package dev.steward.config;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;

/** A parser that refuses deep nesting: the composer behind it recurses, and would end in a stack overflow. */
final class DepthLimit implements Parser {
    private static final int DEEPEST = 50;

    private final Parser inner;
    private int depth;

    DepthLimit(Parser inner) {
        this.inner = inner;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return inner.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return inner.peekEvent();
    }

    @Override
    public Event next() {
        var event = inner.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> depth++;
            case MappingEnd, SequenceEnd -> depth--;
            case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {
                // Leaves the depth as it is.
            }
        }
        if (depth > DEEPEST) {
            throw new ParserException(
                    "", event.getStartMark(), "nested more than " + DEEPEST + " levels deep", event.getStartMark());
        }
        return event;
    }

    @Override
    public boolean hasNext() {
        return inner.hasNext();
    }
}
