package dev.restage.provider;

/** A resource that one run at a time can have to itself: it keeps a {@link Register} in which the run that has it is noted. */
public interface Lockable extends Resource {

    /** {@return the register of this resource, the same one by whichever address it was reached} Asks nothing yet. */
    Register register();
}
