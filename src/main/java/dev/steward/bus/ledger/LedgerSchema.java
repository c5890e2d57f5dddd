package dev.steward.bus.ledger;

import java.util.List;

/**
 * The tables of {@code bus.db}, as the list of steps that led to them; a step that was released never changes. Times are nanoseconds
 * since 1970.
 *
 * <p>{@code wo}: an order. {@code id_key}: as a file system without case has it; {@code here}: it lies in an inbox of this node.
 * {@code payload}: what is needed to deliver it, until it is. {@code unheard}: acknowledgements that the one who dropped the order has
 * not heard. {@code outgoing}: what is to be sent over Redis. {@code owed}: records that the audit trail is to get. {@code word}: what
 * somebody keeps here.
 */
final class LedgerSchema {
    /** "STWB": says in the file's header whose database it is. */
    static final int APPLICATION_ID = 0x53545742;

    private static final List<String> FIRST = List.of(
            """
            CREATE TABLE wo (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, id_key TEXT NOT NULL,
                recipient TEXT NOT NULL, inbox TEXT NOT NULL, sender TEXT NOT NULL,
                priority TEXT NOT NULL, title TEXT NOT NULL, tags TEXT NOT NULL, created_ns INTEGER NOT NULL,
                origin TEXT NOT NULL, here INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
                quarantined INTEGER NOT NULL, attempt INTEGER NOT NULL, due_ns INTEGER,
                worker TEXT, pid INTEGER, start INTEGER, boot TEXT, begun_ns INTEGER,
                ack_to TEXT, ack_by TEXT, ack_node TEXT, ack_incarnation TEXT, ack_ns INTEGER, ack_latency_ms INTEGER,
                sha256_wo TEXT NOT NULL, sha256_body TEXT NOT NULL, body_bytes INTEGER NOT NULL,
                since_ns INTEGER NOT NULL, changed_ns INTEGER NOT NULL
            ) STRICT""",
            "CREATE UNIQUE INDEX wo_by_id ON wo (id_key)",
            "CREATE INDEX wo_waiting ON wo (inbox, priority, seq) WHERE state = 'dropped'",
            "CREATE INDEX wo_workable ON wo (inbox, priority, seq) WHERE here = 1 AND state IN ('delivered', 'failed')",
            // With the time of the change, so that a question for what changed before some time reads this
            // alone.
            "CREATE INDEX wo_by_state ON wo (state, seq, changed_ns)",
            "CREATE INDEX wo_by_inbox ON wo (inbox, state)",
            "CREATE INDEX wo_by_age ON wo (since_ns)",
            """
            CREATE TABLE payload (
                wo INTEGER PRIMARY KEY, envelope TEXT NOT NULL, body_file TEXT NOT NULL, body BLOB, spool TEXT
            ) STRICT""",
            "CREATE INDEX payload_spooled ON payload (spool) WHERE spool IS NOT NULL",
            """
            CREATE TABLE result (
                wo INTEGER PRIMARY KEY, success INTEGER NOT NULL, worker TEXT NOT NULL, attempt INTEGER NOT NULL,
                took_ns INTEGER NOT NULL, exit INTEGER, reason TEXT NOT NULL, output TEXT NOT NULL, at_ns INTEGER NOT NULL
            ) STRICT""",
            """
            CREATE TABLE unheard (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, sender TEXT NOT NULL, wo INTEGER NOT NULL UNIQUE
            ) STRICT""",
            "CREATE INDEX unheard_by_sender ON unheard (sender)",
            """
            CREATE TABLE outgoing (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, wo INTEGER NOT NULL, UNIQUE (wo, kind)
            ) STRICT""",
            """
            CREATE TABLE owed (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, fields TEXT NOT NULL
            ) STRICT""",
            "CREATE TABLE word (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID");

    /** Of what failed before, nobody knows which attempts were interrupted: it gets all of its retries. */
    private static final List<String> FAILURES =
            List.of("ALTER TABLE wo ADD COLUMN failures INTEGER NOT NULL DEFAULT 0");

    /** What waits to be sent is found by kind, and orders by priority, however many wait. */
    private static final List<String> BY_PRIORITY = List.of(
            "ALTER TABLE outgoing ADD COLUMN priority TEXT NOT NULL DEFAULT ''",
            "UPDATE outgoing SET priority = (SELECT w.priority FROM wo w WHERE w.seq = outgoing.wo) WHERE kind = 'order'",
            "CREATE INDEX outgoing_next ON outgoing (kind, priority, seq)");

    static final List<List<String>> MIGRATIONS = List.of(FIRST, FAILURES, BY_PRIORITY);

    private LedgerSchema() {}
}
