package dev.steward.supervise;

/** What the JDK's threads lack. */
final class Threads {
    private Threads() {}

    /** Waits for a thread's end whatever comes; an interruption is kept for whoever asks next. */
    static void join(Thread thread) {
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
