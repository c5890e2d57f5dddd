package dev.steward.daemon;

/** Where a daemon in the foreground shows what happens. Any thread may print. */
public interface Screen {
    /** One line, without its newline. */
    void print(String line);
}
