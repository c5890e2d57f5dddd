package dev.steward.orders.record;

import dev.steward.audit.AuditEvent;
import dev.steward.bus.ledger.Owed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Finds owed records among lines of the trail. Two homes may write to one, so that a number alone says nothing. */
final class Carried {
    private static final String SEQ = "bus_seq";
    /** Within a string the quotes would be escaped. */
    private static final String MEMBER = "\"" + SEQ + "\":";

    private static final TypeReference<LinkedHashMap<String, Object>> MEMBERS = new TypeReference<>() {};
    private static final Set<String> OF_THE_TRAIL = Set.of("seq", "ts", "event", "prev");

    private final Map<Long, Owed> owed = new HashMap<>();
    private final Set<Long> found = new HashSet<>();

    Carried(List<Owed> owed) {
        owed.forEach(each -> this.owed.put(each.seq(), each));
    }

    /** The fields of a record as it is carried. */
    static Map<String, Object> fields(Owed owed) {
        var fields = new LinkedHashMap<String, Object>(owed.fields());
        fields.put(SEQ, owed.seq());
        return fields;
    }

    void look(String line) {
        var at = line.lastIndexOf(MEMBER);
        if (at < 0) {
            return;
        }
        var number = number(line, at + MEMBER.length());
        var candidate = owed.get(number);
        if (candidate != null && isOf(candidate, line)) {
            found.add(number);
        }
    }

    private static long number(String line, int from) {
        var to = from;
        while (to < line.length() && to - from < 18 && Character.isDigit(line.charAt(to))) {
            to++;
        }
        return to == from ? -1 : Long.parseLong(line, from, to, 10);
    }

    private static boolean isOf(Owed owed, String line) {
        Map<String, Object> members;
        try {
            members = JsonMapper.shared().readValue(line, MEMBERS);
        } catch (JacksonException e) {
            // A line that somebody else wrote.
            return false;
        }
        if (!owed.event().equals(members.get("event"))) {
            return false;
        }
        members.keySet().removeAll(OF_THE_TRAIL);
        return asText(members).equals(asText(new AuditEvent(owed.event(), fields(owed)).fields()));
    }

    /** Numbers come back in other types than they were given in. */
    private static Map<String, String> asText(Map<String, Object> fields) {
        var text = new HashMap<String, String>();
        fields.forEach((name, value) -> text.put(name, String.valueOf(value)));
        return text;
    }

    Set<Long> found() {
        return found;
    }
}
