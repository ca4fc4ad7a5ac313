package dev.restage.sandbox.site;

/**
 * Somebody with an account, invented.
 *
 * @param firstName given name
 * @param lastName family name, some with letters beyond ASCII
 * @param userName what they log in with; with some it is their e-mail address
 * @param email an address of a domain reserved for examples
 */
public record Person(String firstName, String lastName, String userName, String email) {

    /** {@return both names, as they are written in a text} */
    public String fullName() {
        return firstName + " " + lastName;
    }
}
