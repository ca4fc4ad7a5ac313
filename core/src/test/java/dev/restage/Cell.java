package dev.restage;

import dev.restage.provider.Resource;
import dev.restage.provider.Writes;

/** The role of the tests' resources: something with one value. */
public interface Cell extends Resource {

    String read();

    @Writes
    void write(String value);

    @Writes
    void copyFrom(Cell source);
}
