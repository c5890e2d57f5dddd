package dev.steward.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What must hold between the keys of {@code bus.redis}. */
record RedisChecks(RedisSection redis, Scope at) {
    void run() {
        checkServers();
        checkSentinels();
        checkLogin();
        checkTls();
    }

    private void checkServers() {
        if (namesNone()) {
            at.problem("names no server", "write url: " + RedisAddress.EXAMPLE + ", sentinels or nodes");
        }
        checkNotEmpty("sentinels", redis.sentinels(), 26_379);
        checkNotEmpty("nodes", redis.nodes(), 6_379);
    }

    private boolean namesNone() {
        return redis.url().isEmpty() && Stream.of("url", "sentinels", "nodes").noneMatch(at::has);
    }

    private void checkNotEmpty(String key, Optional<List<Endpoint>> servers, int port) {
        servers.filter(List::isEmpty)
                .ifPresent(_ ->
                        at.key(key).problem("names no server", "write, for example, [\"localhost:" + port + "\"]"));
    }

    private void checkSentinels() {
        if (!at.has("sentinels")) {
            checkWithoutSentinels();
        } else if (!at.has("master")) {
            at.problem("master is missing", "add, for example, master: mymaster");
        }
    }

    private void checkWithoutSentinels() {
        if (namesNone()) {
            return;
        }
        for (var key : List.of("master", "sentinel_password")) {
            if (at.has(key)) {
                at.key(key).problem("goes with sentinels only", "remove it");
            }
        }
        if (at.has("database")) {
            at.key("database")
                    .problem(
                            "goes with sentinels only",
                            at.has("nodes")
                                    ? "remove it: a Redis Cluster has the database 0 alone"
                                    : "remove it, and end the url with it: " + RedisAddress.EXAMPLE + "/2");
        }
    }

    private void checkLogin() {
        redis.url().ifPresent(address -> {
            if (redis.user().isPresent() && address.user().isPresent()) {
                at.key("user").problem("stands in the url, too", "keep one of them");
            }
            if (redis.password().isPresent() && address.password().isPresent()) {
                at.key("password").problem("stands in the url, too", "keep one of them");
            }
        });
        if (redis.anyUser().isPresent() && redis.anyPassword().isEmpty() && !at.has("password")) {
            at.problem(
                    "the user has no password",
                    "write redis://user:${file:secrets/redis}@host, or the key password: \"${file:secrets/redis}\"");
        }
    }

    private void checkTls() {
        if (at.has("tls") && at.has("url")) {
            at.key("tls").problem("goes with sentinels and nodes only", "remove it; rediss:// in the url is TLS");
        } else if (redis.ca().isPresent() && !redis.encrypted()) {
            at.key("ca")
                    .problem(
                            "goes with TLS only",
                            at.has("url") ? "write rediss:// in the url" : "add tls: true, or remove it");
        }
    }
}
