/** What happens to orders, told to the audit trail. {@link dev.steward.orders.record.AuditCarrier} is its front door. */
@NullMarked
package dev.steward.orders.record;

import org.jspecify.annotations.NullMarked;
