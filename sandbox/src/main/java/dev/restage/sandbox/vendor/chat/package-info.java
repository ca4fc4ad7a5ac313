/**
 * The stand-in of a chat's incoming webhook.
 */
@NullMarked
package dev.restage.sandbox.vendor.chat;

import org.jspecify.annotations.NullMarked;
