/**
 * Messages to chat webhooks that take Slack's payload.
 */
@NullMarked
package dev.restage.http.webhook;

import org.jspecify.annotations.NullMarked;
