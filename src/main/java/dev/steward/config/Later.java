package dev.steward.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A key of a section, or a word of an enum, whose part is not there yet: refused by name. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
@Repeatable(Later.All.class)
@interface Later {
    /** Empty on a word of an enum. */
    String key() default "";

    /** What this version has none of. */
    String what();

    /** Several keys of one section. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        Later[] value();
    }
}
