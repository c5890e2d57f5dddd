package dev.steward.supervise;

/**
 * By what agents reach Steward besides files and notify sockets.
 *
 * @param pings for those that beat over HTTP
 * @param keys for those that beat in Redis
 */
public record Reach(PingAddresses pings, BeatKeys keys) {}
