package dev.steward.audit;

import java.util.Optional;

/** A whole line: where it is, without its newline; its SHA-256; its link, if it has the form of a record. */
record Line(long start, long end, String hash, Optional<Link.Chained> shape) {}
