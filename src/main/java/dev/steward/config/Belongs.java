package dev.steward.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A key of a section that goes with one word of another key: required with it, and refused without it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Belongs {
    String key();

    /** The other key; if it is absent, its default is the word. */
    String to();

    String word();

    String example();
}
