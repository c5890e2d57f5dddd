package dev.steward.control;

import java.util.Map;
import java.util.Optional;

/**
 * One JSON-RPC request.
 *
 * @param id as JSON, to be echoed; empty for a notification, which gets no answer
 */
record Request(Optional<String> id, String method, Map<String, Object> params) {}
