package dev.restage;

import dev.restage.provider.Resource;
import dev.restage.provider.Writes;
import java.util.Optional;

/** The role of the tests' resources: something with one value. */
public interface Cell extends Resource {

    String read();

    @Writes
    void write(String value);

    @Writes
    void copyFrom(Cell source);

    /** {@return something that writes here, handed out by a call that does not} */
    Optional<Pen> pen();

    /** What writes a cell. */
    interface Pen {

        String ink();

        @Writes
        void draw(String value);

        /** {@return another pen, as a pen may hand out more} */
        Pen other();
    }
}
