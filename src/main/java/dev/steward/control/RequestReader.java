package dev.steward.control;

import static tools.jackson.core.JsonToken.END_ARRAY;
import static tools.jackson.core.JsonToken.END_OBJECT;
import static tools.jackson.core.JsonToken.START_ARRAY;
import static tools.jackson.core.JsonToken.START_OBJECT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads a line as a request (JSON-RPC 2.0, section 4). Streaming: a request is small, and the daemon's heap is too. */
final class RequestReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build();

    private Optional<String> id = Optional.empty();
    private @Nullable String method;
    private @Nullable RpcError wrong;
    private boolean versioned;
    private Map<String, Object> params = Map.of();

    private RequestReader() {}

    /** A request, or what is wrong with it and the id under which to say so. */
    sealed interface Parsed {
        record Good(Request request) implements Parsed {}

        record Bad(String id, RpcError error) implements Parsed {}
    }

    static Parsed parse(String line) {
        var reader = new RequestReader();
        try {
            return new Parsed.Good(reader.read(line));
        } catch (RpcError e) {
            return new Parsed.Bad(reader.id.orElse("null"), e);
        } catch (JacksonException e) {
            var where = e.getLocation() == null
                    ? ""
                    : ", at character " + e.getLocation().getColumnNr();
            return new Parsed.Bad("null", new RpcError(RpcError.MALFORMED, "not JSON" + where + ": " + told(e)));
        }
    }

    /** Without the place in words of Jackson's, where it adds that. */
    private static String told(JacksonException e) {
        var message = e.getOriginalMessage();
        var source = message.indexOf("[Source:");
        var from = message.lastIndexOf(" (", source);
        return source < 0 ? message : message.substring(0, from < 0 ? source : from);
    }

    private Request read(String line) throws RpcError {
        try (var json = JSON.createParser(ObjectReadContext.empty(), line)) {
            switch (json.nextToken()) {
                case START_OBJECT -> members(json);
                case START_ARRAY -> invalid("batches are not served: send one request a line");
                case null -> invalid("the line is empty");
                default -> invalid("a request is an object");
            }
            if (wrong == null && json.nextToken() != null) {
                throw new RpcError(RpcError.MALFORMED, "there is something behind the request: one a line");
            }
        }
        if (wrong == null && !versioned) {
            invalid("\"jsonrpc\" has to be \"2.0\"");
        }
        if (wrong == null && method == null) {
            invalid("\"method\" is missing");
        }
        if (wrong != null) {
            throw wrong;
        }
        return new Request(id, String.valueOf(method), params);
    }

    private void members(JsonParser json) {
        while (json.nextToken() != END_OBJECT) {
            var name = json.currentName();
            var value = json.nextToken();
            switch (name) {
                case "jsonrpc" ->
                    versioned =
                            value == JsonToken.VALUE_STRING && json.getString().equals("2.0");
                case "method" -> method(json, value);
                case "id" -> id(json, value);
                case "params" -> params(json, value);
                default -> json.skipChildren();
            }
        }
    }

    private void method(JsonParser json, JsonToken value) {
        if (value == JsonToken.VALUE_STRING) {
            method = json.getString();
        } else {
            json.skipChildren();
            invalid("\"method\" has to be a string");
        }
    }

    private void id(JsonParser json, JsonToken value) {
        switch (value) {
            case VALUE_STRING -> id = Optional.of(Json.quote(json.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_NULL -> id = Optional.of(json.getString());
            default -> {
                json.skipChildren();
                invalid("\"id\" has to be a string, a number or null");
            }
        }
    }

    private void params(JsonParser json, JsonToken value) {
        if (value != START_OBJECT) {
            json.skipChildren();
            refuse(RpcError.INVALID_PARAMS, "\"params\" has to be an object: parameters go by name");
            return;
        }
        params = new HashMap<>();
        while (json.nextToken() != END_OBJECT) {
            var name = json.currentName();
            var element = json.nextToken();
            if (element == JsonToken.VALUE_NULL) {
                continue;
            }
            params.put(name, element == START_ARRAY ? list(json) : scalar(json, element));
        }
    }

    private List<Object> list(JsonParser json) {
        var list = new ArrayList<Object>();
        for (var element = json.nextToken(); element != END_ARRAY; element = json.nextToken()) {
            list.add(scalar(json, element));
        }
        return list;
    }

    /** What no parameter is made of becomes a mark that fits no type, so that the method names the parameter. */
    private static Object scalar(JsonParser json, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> json.getString();
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            case VALUE_NUMBER_INT -> whole(json.getString());
            default -> {
                json.skipChildren();
                yield new Unusable();
            }
        };
    }

    private static Object whole(String digits) {
        return digits.length() <= 18 ? (Object) Long.valueOf(digits) : new Unusable();
    }

    private record Unusable() {}

    private void invalid(String message) {
        refuse(RpcError.INVALID_REQUEST, message);
    }

    /** The first mistake is told; the rest of the object is still read, for the id may come last. */
    private void refuse(int code, String message) {
        if (wrong == null) {
            wrong = new RpcError(code, message);
        }
    }
}
