package dev.steward.posix;

/**
 * Which process it is, for as long as the machine keeps records: a pid alone is given to others later.
 *
 * @param pid process id
 * @param start when it started, in the kernel's own ticks since boot: field 22 of {@code /proc/<pid>/stat}, see proc_pid_stat(5)
 * @param boot the kernel's id of this boot
 */
public record Identity(long pid, long start, String boot) {}
