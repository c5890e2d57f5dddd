/** The configuration file: records, loading, validation, JSON Schema. */
@NullMarked
package dev.steward.config;

import org.jspecify.annotations.NullMarked;
