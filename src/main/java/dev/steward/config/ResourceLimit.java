package dev.steward.config;

/** The soft limits that can be set for an agent, with the {@code ulimit} flag of each. */
public enum ResourceLimit {
    NOFILE("n"),
    CORE("c"),
    CPU("t"),
    DATA("d"),
    FSIZE("f"),
    STACK("s"),
    AS("v"),
    NPROC("u");

    private final String flag;

    ResourceLimit(String flag) {
        this.flag = flag;
    }

    /** The letter that {@code ulimit} takes. */
    public String flag() {
        return flag;
    }
}
