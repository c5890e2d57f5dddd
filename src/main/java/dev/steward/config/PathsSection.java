package dev.steward.config;

import java.nio.file.Path;

/** Where the node keeps what it writes. */
@Doc("Where Steward writes.")
@Later(key = "health", what = "health document")
@Later(key = "dr", what = "drill")
record PathsSection(
        @Doc("The folder of the agents' logs.") @Default("logs")
        Path logs,

        @Doc("The audit trail.") @Default("audit.jsonl") Path audit,

        @Doc("The folder of the inboxes, in which delivered work orders lie.") @Default("inbox")
        Path inbox) {}
