package dev.steward.orders;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one flat YAML mapping, event by event: nothing is composed, so no alias can make much of little. Values that are neither text
 * nor a list of texts are passed over.
 */
final class EnvelopeEvents {
    private static final int DEEPEST = 16;

    private final Iterator<Event> events;

    private EnvelopeEvents(String text) {
        var settings =
                LoadSettings.builder().setCodePointLimit(Envelope.MAX_BYTES).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** Each key's text, or the texts of its list; a key without a value has an empty list. */
    static Map<String, List<String>> read(String text) throws Unreadable {
        try {
            return new EnvelopeEvents(text).mapping();
        } catch (YamlEngineException e) {
            throw new Unreadable("is not YAML: " + firstLine(e), e);
        }
    }

    private Map<String, List<String>> mapping() throws Unreadable {
        var fields = new LinkedHashMap<String, List<String>>();
        next();
        if (next().getEventId() != Event.ID.DocumentStart || next().getEventId() != Event.ID.MappingStart) {
            throw new Unreadable("holds no keys with values");
        }
        for (var key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
            if (!(key instanceof ScalarEvent name)) {
                throw new Unreadable("has a key that is no text");
            }
            if (fields.put(name.getValue(), value()) != null) {
                throw new Unreadable("has the key '" + Names.shown(name.getValue()) + "' twice");
            }
        }
        next();
        if (next().getEventId() != Event.ID.StreamEnd) {
            throw new Unreadable("holds more than one document");
        }
        return fields;
    }

    private List<String> value() throws Unreadable {
        var first = next();
        if (first instanceof ScalarEvent scalar) {
            return texts(scalar);
        }
        var texts = new ArrayList<String>();
        var isList = first.getEventId() == Event.ID.SequenceStart;
        for (int depth = 1; depth > 0; ) {
            var event = next();
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                case Scalar -> {
                    if (isList && depth == 1 && event instanceof ScalarEvent scalar) {
                        texts.addAll(texts(scalar));
                    }
                }
                case Alias, Comment, DocumentEnd, DocumentStart, StreamEnd, StreamStart -> {
                    // Says nothing here.
                }
            }
            if (depth > DEEPEST) {
                throw new Unreadable("is nested more than " + DEEPEST + " levels deep");
            }
        }
        return texts;
    }

    private static List<String> texts(ScalarEvent scalar) {
        var text = scalar.getValue();
        var isNull = scalar.isPlain() && (text.isEmpty() || text.equals("~") || text.equals("null"));
        return isNull ? List.of() : List.of(text);
    }

    private Event next() throws Unreadable {
        if (!events.hasNext()) {
            throw new Unreadable("holds no keys with values");
        }
        var event = events.next();
        if (event.getEventId() == Event.ID.Alias) {
            throw new Unreadable("has an alias (*), which is not allowed here");
        }
        return event;
    }

    private static String firstLine(YamlEngineException e) {
        return Names.shown(String.valueOf(e.getMessage()).lines().findFirst().orElse("it ends too early"));
    }
}
