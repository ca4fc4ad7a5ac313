/**
 * Shows runs to people: progress on a terminal, the HTML report, messages. May use {@code dev.restage.plan}.
 */
@NullMarked
package dev.restage.report;

import org.jspecify.annotations.NullMarked;
