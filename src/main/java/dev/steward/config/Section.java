package dev.steward.config;

/** A record that checks itself, once its keys have been read. */
interface Section {
    /** Reports what is wrong between this section's own keys; needs nothing but the section. */
    void validate(Scope at);
}
