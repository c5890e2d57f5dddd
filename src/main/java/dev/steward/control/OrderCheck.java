package dev.steward.control;

import dev.steward.orders.InboxCheck.Finding;
import dev.steward.orders.InboxCheck.Verdict;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Shows what a check of an inbox found. One thread. */
public final class OrderCheck {
    private final String inbox;
    private long orders;
    private long bytes;
    private long wrong;

    /**
     * Nothing was looked at yet.
     *
     * @param inbox the name of its folder
     */
    public OrderCheck(String inbox) {
        this.inbox = inbox;
    }

    /** Counts a verdict, and gives what is to be said of it to people: nothing of a sound order. */
    public List<String> findings(Verdict verdict) {
        count(verdict);
        return verdict.isSound()
                ? List.of()
                : verdict.findings().stream()
                        .map(finding -> Plain.name(inbox) + "/" + Plain.name(verdict.name()) + ": " + told(finding))
                        .toList();
    }

    /** Counts a verdict, and gives it as one line of JSON. */
    public String json(Verdict verdict) {
        count(verdict);
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("inbox", inbox);
            json.writeStringProperty("wo_id", verdict.name());
            json.writeBooleanProperty("sound", verdict.isSound());
            json.writeNumberProperty("bytes", verdict.bytes());
            json.writeArrayPropertyStart("findings");
            verdict.findings().forEach(finding -> write(finding, json));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private void count(Verdict verdict) {
        orders++;
        bytes += verdict.bytes();
        wrong += verdict.isSound() ? 0 : 1;
    }

    /** Whether every order so far is sound. */
    public boolean isWell() {
        return wrong == 0;
    }

    /** A line for people. */
    public String summary() {
        var looked =
                Plain.name(inbox) + ": " + orders + (orders == 1 ? " order, " : " orders, ") + Sizes.forPeople(bytes);
        return looked + (wrong == 0 ? ", all as their evidence says" : ", " + wrong + " wrong");
    }

    private static String told(Finding finding) {
        return switch (finding) {
            case Finding.Changed changed
            when changed.isListOfChecksums() ->
                Plain.name(changed.file()) + " contradicts what lies there, and the manifest";
            case Finding.Changed changed -> Plain.name(changed.file()) + " is not what its checksum says";
            case Finding.Missing missing -> Plain.name(missing.file()) + " is missing";
            case Finding.Extra extra -> Plain.name(extra.file()) + " is not among its evidence";
            case Finding.HalfWritten half -> "not whole: " + Plain.of(half.reason());
            case Finding.Unreadable unreadable ->
                Plain.name(unreadable.file()) + " cannot be read: " + Plain.of(unreadable.reason());
        };
    }

    private static void write(Finding finding, JsonGenerator json) {
        switch (finding) {
            case Finding.Changed changed -> write("changed", changed.file(), "", json);
            case Finding.Missing missing -> write("missing", missing.file(), "", json);
            case Finding.Extra extra -> write("extra", extra.file(), "", json);
            case Finding.HalfWritten half -> write("half_written", "", half.reason(), json);
            case Finding.Unreadable unreadable -> write("unreadable", unreadable.file(), unreadable.reason(), json);
        }
    }

    private static void write(String kind, String file, String reason, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("kind", kind);
        json.writeStringProperty("file", file);
        json.writeStringProperty("reason", reason);
        json.writeEndObject();
    }
}
