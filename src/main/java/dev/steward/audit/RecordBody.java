package dev.steward.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a record says of its event, as it stands in the line: {@code "event":…} and the fields, without number, time and hash. Each caller
 * makes its own, side by side; only what chains the records is done by one after the other.
 */
final class RecordBody {
    private final byte[] bytes;

    private RecordBody(byte[] bytes) {
        this.bytes = bytes;
    }

    static List<RecordBody> of(List<AuditEvent> events) {
        return events.stream().map(RecordBody::of).toList();
    }

    static RecordBody of(AuditEvent event) {
        var text = new JsonBytes();
        text.ascii("\"event\":");
        text.string(event.event());
        for (Map.Entry<String, Object> field : event.fields().entrySet()) {
            text.put(',');
            text.string(field.getKey());
            text.put(':');
            text.bounded(field.getValue(), Values.MAX_BYTES);
        }
        return new RecordBody(Arrays.copyOf(text.bytes(), text.size()));
    }

    /** Its bytes, which nobody may change. */
    byte[] bytes() {
        return bytes;
    }
}
