package dev.steward.config;

import java.util.List;

/**
 * A configuration whose file is in order, read for a daemon that takes up agents again.
 *
 * @param onThisMachine what starts of agents would need and do not find now, in the file's order: empty if nothing
 */
public record Loaded(Configuration configuration, List<Problem> onThisMachine) {}
