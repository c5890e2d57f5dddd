package dev.steward.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Keys with this prefix belong to the user and are not read. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface FreeKeys {
    String value();
}
