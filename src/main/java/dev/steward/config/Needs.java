package dev.steward.config;

import java.util.List;

/** The value of {@code needs:}, whichever way it was written. */
record Needs(List<Need> all) {}
