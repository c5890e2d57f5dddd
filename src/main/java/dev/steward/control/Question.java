package dev.steward.control;

import java.util.List;

/** A request to the daemon, as a client writes it. */
public final class Question {
    private final String method;
    private final StringBuilder params = new StringBuilder();

    private Question(String method) {
        this.method = method;
    }

    public static Question of(String method) {
        return new Question(method);
    }

    /** A string as JSON. */
    public static String quote(String text) {
        return Json.quote(text);
    }

    public Question with(String name, String value) {
        return raw(name, Json.quote(value));
    }

    public Question with(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    public Question with(String name, long value) {
        return raw(name, Long.toString(value));
    }

    public Question with(String name, List<String> values) {
        var list = new StringBuilder("[");
        for (var value : values) {
            list.append(list.length() == 1 ? "" : ",").append(Json.quote(value));
        }
        return raw(name, list.append(']').toString());
    }

    private Question raw(String name, String value) {
        params.append(params.isEmpty() ? "" : ",")
                .append(Json.quote(name))
                .append(':')
                .append(value);
        return this;
    }

    String line() {
        return line(method, "{" + params + "}");
    }

    /** Newlines cannot be within a JSON string, so that those between its parts may go. */
    static String line(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":" + Json.quote(method) + ",\"params\":"
                + params.replace('\n', ' ').replace('\r', ' ') + "}\n";
    }
}
