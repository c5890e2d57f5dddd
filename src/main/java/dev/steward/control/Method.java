package dev.steward.control;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/**
 * One thing that the socket can be asked. What is documented and what is dispatched are the same table.
 *
 * @param afterwards done once the answer was sent, or could not be; not if the answer is an error
 */
record Method(String name, String summary, List<Param> params, Handler handler, Runnable afterwards) {
    /** A parameter; all go by name. */
    record Param(String name, String type, String meaning) {}

    /** Answers a call with a result as JSON. */
    interface Handler {
        Result answer(Call call) throws Exception;
    }

    /** Writes one JSON value. */
    interface Result {
        void write(JsonGenerator json);

        static Result text(String text) {
            return json -> json.writeString(text);
        }

        static Result raw(String value) {
            return json -> json.writeRawValue(value);
        }
    }

    static Method of(String name, String summary, List<Param> params, Handler handler) {
        return new Method(name, summary, params, handler, () -> {});
    }

    Result answer(Call call) throws Exception {
        call.params().allowOnly(params.stream().map(Param::name).collect(Collectors.toSet()));
        return handler.answer(call);
    }

    void describe(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("summary", summary);
        json.writeArrayPropertyStart("params");
        for (var param : params) {
            json.writeStartObject();
            json.writeStringProperty("name", param.name());
            json.writeStringProperty("type", param.type());
            json.writeStringProperty("meaning", param.meaning());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
