package dev.steward.web;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Which incarnation of each agent counts, found by the secret of its address. Thread-safe. */
final class Registry {
    private final PingKey key;
    private final LongSupplier nanoTime;
    private final Map<String, Registration> byFingerprint = new ConcurrentHashMap<>();
    private final Map<String, String> fingerprints = new ConcurrentHashMap<>();

    Registry(PingKey key, LongSupplier nanoTime) {
        this.key = key;
        this.nanoTime = nanoTime;
    }

    String secret(String agent, String incarnation) {
        return key.secret(agent, incarnation);
    }

    /** From now on this incarnation counts, and no other of this agent. */
    synchronized void put(String agent, String incarnation) {
        var fingerprint = key.fingerprint(key.secret(agent, incarnation));
        if (byFingerprint.containsKey(fingerprint)) {
            return;
        }
        remove(agent);
        byFingerprint.put(fingerprint, new Registration(agent, incarnation, new Throttle(nanoTime.getAsLong())));
        fingerprints.put(agent, fingerprint);
    }

    synchronized void remove(String agent) {
        var fingerprint = fingerprints.remove(agent);
        if (fingerprint != null) {
            byFingerprint.remove(fingerprint);
        }
    }

    /** Takes as long for a secret that nobody has. */
    Optional<Registration> find(String presented) {
        return Optional.ofNullable(byFingerprint.get(key.fingerprint(presented)));
    }

    /** An incarnation that counts. Its monitor keeps its pings in order. */
    record Registration(String agent, String incarnation, Throttle throttle) {}
}
