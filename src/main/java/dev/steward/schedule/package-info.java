/** When something is due. Pure: nothing here knows what time it is. {@link dev.steward.schedule.Schedule} is its front door. */
@NullMarked
package dev.steward.schedule;

import org.jspecify.annotations.NullMarked;
