package dev.steward.control;

import java.util.Optional;

/**
 * What the daemon answered.
 *
 * @param json the result, as the daemon wrote it
 */
public record Answer(String json) {
    /** The result, which is a string. */
    public String text() {
        return Json.text(json);
    }

    /** A string among the result's members. */
    public String text(String member) {
        return Json.text(member(member));
    }

    /** A string that is among the result's members at times. */
    public Optional<String> textIfThere(String member) {
        return Optional.ofNullable(Json.members(json).get(member)).map(Json::text);
    }

    /** A string among the result's members, if it is there and not null. */
    public Optional<String> textOrNull(String member) {
        return Optional.ofNullable(Json.members(json).get(member))
                .filter(value -> !value.equals("null"))
                .map(Json::text);
    }

    /** A number or boolean among the result's members, as it is written. */
    public String member(String member) {
        var value = Json.members(json).get(member);
        if (value == null) {
            throw new IllegalArgumentException("no " + member + " in the answer");
        }
        return value;
    }

    public boolean flag(String member) {
        return member(member).equals("true");
    }

    /** False too if older daemons do not tell. */
    public boolean flagIfThere(String member) {
        return "true".equals(Json.members(json).get(member));
    }

    public boolean isText() {
        return json.startsWith("\"");
    }
}
