package dev.steward.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Makes the lines of records, each with the hash of the one before. For one thread. */
final class RecordWriter {
    private final MessageDigest digest = Hashes.sha256();
    private final JsonBytes lines = new JsonBytes();
    private byte[] ts = new byte[0];
    private long seq;
    private byte[] hash = new byte[Hashes.BYTES];

    /**
     * Begins anew.
     *
     * @param head of what the first record follows
     * @param ts when they are recorded
     */
    void begin(Head head, String ts) {
        lines.clear();
        this.ts = (",\"ts\":\"" + ts + "\",").getBytes(StandardCharsets.UTF_8);
        seq = head.seq();
        hash = HexFormat.of().parseHex(head.hash());
    }

    void add(RecordBody body) {
        seq++;
        var start = lines.size();
        lines.ascii("{\"seq\":");
        lines.number(seq);
        lines.put(ts);
        lines.put(body.bytes());
        lines.ascii(",\"prev\":\"");
        lines.hash(hash);
        lines.ascii("\"}");
        digest.update(lines.bytes(), start, lines.size() - start);
        Hashes.finish(digest, hash);
        lines.put('\n');
    }

    /** What the last record leaves to the next. */
    Seal seal() {
        return new Seal(seq, hash.clone());
    }

    /** Bytes that were made since they were last taken. */
    int size() {
        return lines.size();
    }

    /** Gives them away. */
    void takeInto(LineFile.Sink sink) throws IOException {
        sink.take(lines.bytes(), 0, lines.size());
        lines.clear();
    }
}
