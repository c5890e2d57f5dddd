package dev.steward.cli;

import java.util.Map;

/** In whose name a command drops or changes orders, where nobody says so. */
final class OrderSender {
    private OrderSender() {}

    /** The agent that runs the command, else the user. */
    static String of(Map<String, String> environment) {
        var agent = environment.getOrDefault("STEWARD_AGENT", "");
        return agent.isEmpty() ? System.getProperty("user.name") : agent;
    }
}
