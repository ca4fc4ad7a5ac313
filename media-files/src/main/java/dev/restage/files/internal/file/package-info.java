/**
 * A file on its way, and what all who clean files share: how one is cleaned, its bytes,
 * its XML, scripts and paths. Not API.
 *
 * <p>May use {@code dev.restage.provider}; knows no other room.
 */
@NullMarked
package dev.restage.files.internal.file;

import org.jspecify.annotations.NullMarked;
