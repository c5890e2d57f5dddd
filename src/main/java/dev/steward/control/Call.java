package dev.steward.control;

/**
 * One request being answered.
 *
 * @param lines reaches the client before the answer does
 */
record Call(Params params, Lines lines) {
    /** Sends a client lines while its request is being answered. */
    interface Lines {
        /**
         * Sends one.
         *
         * @throws ClientGone if nobody takes them any more
         */
        void line(String text) throws ClientGone;

        /** Waits a moment, and throws if the client went away meanwhile. */
        void pause() throws ClientGone, InterruptedException;
    }

    /** The client went away, or doesn't read. */
    static final class ClientGone extends Exception {
        private static final long serialVersionUID = 1;

        ClientGone(Throwable cause) {
            super(cause);
        }

        ClientGone(String message) {
            super(message);
        }
    }
}
