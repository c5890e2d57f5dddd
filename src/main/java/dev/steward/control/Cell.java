package dev.steward.control;

/** A word in a table, and what it stands out as where colours are wanted (ECMA-48, SGR). */
record Cell(String text, Look look) {
    enum Look {
        PLAIN(""),
        GOOD("\u001b[32m"),
        ATTENTION("\u001b[33m"),
        BAD("\u001b[31m"),
        HEAD("\u001b[1m");

        private final String on;

        Look(String on) {
            this.on = on;
        }

        String dress(String text, boolean colour) {
            return !colour || on.isEmpty() ? text : on + text + "\u001b[0m";
        }
    }

    static Cell plain(String text) {
        return new Cell(text, Look.PLAIN);
    }

    static Cell ofState(String state) {
        return new Cell(state, look(state));
    }

    private static Look look(String state) {
        return switch (state) {
            case "up" -> Look.GOOD;
            case "starting", "stopping" -> Look.ATTENTION;
            case "backing_off", "failed" -> Look.BAD;
            default -> Look.PLAIN;
        };
    }
}
