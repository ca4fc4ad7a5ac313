/**
 * Media in a folder of a disk: {@code file:/srv/media}. Keys come from anybody, so each is checked, and no
 * file is reached through a link.
 *
 * <p>May use {@code dev.restage.provider} and {@code dev.restage.media.internal.transfer}.
 */
@NullMarked
package dev.restage.media.folder;

import org.jspecify.annotations.NullMarked;
