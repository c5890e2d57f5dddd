package dev.steward.posix;

/**
 * The numbers in which Linux and macOS differ. Linux: asm-generic headers, which x86-64 and AArch64 share; macOS: the SDK's
 * {@code sys/fcntl.h}, {@code spawn.h}, {@code sys/resource.h}.
 *
 * @param spawnFlags for posix_spawn(3): a new session, default signal dispositions, an empty signal mask, and on macOS no
 *     descriptor inherited but those named
 * @param setMask what tells pthread_sigmask(3) to replace the mask
 */
record Platform(
        Os os,
        int readWrite,
        int writeOnly,
        int create,
        int append,
        int closeOnExec,
        int noFollow,
        int nonBlocking,
        int spawnFlags,
        int limitOpenFiles,
        int duplicateCloseOnExec,
        int setMask) {
    private static final int SETSIGDEF = 0x04;
    private static final int SETSIGMASK = 0x08;
    private static final int LINUX_SETSID = 0x80;
    private static final int MAC_SETSID = 0x0400;
    private static final int MAC_CLOEXEC_DEFAULT = 0x4000;

    static Platform current() {
        var os = Os.current();
        return switch (os) {
            case LINUX ->
                new Platform(
                        os,
                        2,
                        1,
                        0100,
                        02000,
                        02000000,
                        noFollowOnLinux(),
                        04000,
                        LINUX_SETSID | SETSIGDEF | SETSIGMASK,
                        7,
                        1030,
                        2);
            case MACOS ->
                new Platform(
                        os,
                        2,
                        1,
                        0x200,
                        0x8,
                        0x1000000,
                        0x100,
                        0x4,
                        MAC_SETSID | MAC_CLOEXEC_DEFAULT | SETSIGDEF | SETSIGMASK,
                        8,
                        67,
                        3);
            case OTHER ->
                throw new UnsupportedSystem("Steward runs on Linux and macOS; this is " + System.getProperty("os.name")
                        + ". There is no way around it: supervision needs their system calls.");
        };
    }

    /** One of the few flags that Linux numbers by architecture: see asm/fcntl.h of arm64. */
    private static int noFollowOnLinux() {
        return System.getProperty("os.arch").equals("aarch64") ? 0100000 : 0400000;
    }
}
