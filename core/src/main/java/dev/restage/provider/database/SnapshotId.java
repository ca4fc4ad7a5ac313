package dev.restage.provider.database;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a snapshot within its provider.
 *
 * @param value the provider's own name for it
 */
public record SnapshotId(@JsonValue String value) {

    @Override
    public String toString() {
        return value;
    }
}
