package dev.restage.provider;

import java.util.Optional;

/**
 * Holds one small text, or none, where all who use a resource find it. It is changed by comparing, so that of two who want
 * to put something in at the same moment one succeeds. What the text says is not the register's business.
 *
 * <p>It outlives the process that writes it, and what is done to the contents of its resource as far as that can be: it
 * may be found empty, or with an older text, after its resource was replaced or restored as a whole. Implementations may be
 * used by several threads at once, and pass {@code RegisterContract}. Every method throws {@link ProviderException} if the
 * resource cannot be reached or refuses; a change may then have been made or not, which {@link #read} tells.
 */
public interface Register {

    /** What a change does to those who use the resource. */
    enum Cost {
        /** Nobody notices. */
        SMALL,
        /** What runs there is started anew, so that changes have to be few. */
        RESTART
    }

    /** {@return the text; empty if there is none} */
    Optional<String> read();

    /**
     * Puts a text in, if there is none.
     *
     * @param text at most 4000 characters, not empty
     * @return whether it was put in
     */
    @Writes
    boolean putIfAbsent(String text);

    /**
     * Replaces a text, if it is the one that is there.
     *
     * @param expected the text that has to be there, to the letter
     * @param text the new one
     * @return whether it was replaced
     */
    @Writes
    boolean replace(String expected, String text);

    /**
     * Takes a text out, if it is the one that is there.
     *
     * @param expected the text that has to be there, to the letter
     * @return whether it was taken out
     */
    @Writes
    boolean remove(String expected);

    /** {@return what each change costs} */
    default Cost cost() {
        return Cost.SMALL;
    }
}
