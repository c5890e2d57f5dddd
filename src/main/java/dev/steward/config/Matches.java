package dev.steward.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a text, or each key of a map, must look. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Matches {
    /** A regular expression that Java and JSON Schema read alike, with both anchors. */
    String value();

    /** The same for people. */
    String saying();
}
