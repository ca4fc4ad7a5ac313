package dev.restage.postgres;

import java.io.InputStream;

/**
 * An archive on its way.
 *
 * @param stream the archive from its first byte on
 * @param bytes how many there are; 0 if that is not known
 */
public record Arrival(InputStream stream, long bytes) {}
