package dev.restage.http;

import dev.restage.provider.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What a client shows to the machine at its base URL, and to no other. */
public final class Credential {

    private static final Credential NONE = new Credential("", List.of());

    private final String header;
    private final List<String> secrets;

    private Credential(String header, List<String> secrets) {
        this.header = header;
        this.secrets = secrets;
    }

    /** {@return no credential} */
    public static Credential none() {
        return NONE;
    }

    /**
     * {@return a token, sent as {@code Authorization: Bearer}}
     *
     * @param token the token
     */
    public static Credential bearer(Secret token) {
        return new Credential("Bearer " + token.reveal(), List.of(token.reveal()));
    }

    /**
     * {@return a name and password, sent as {@code Authorization: Basic}}
     *
     * @param user the name; may be empty
     * @param password the password
     */
    public static Credential basic(String user, Secret password) {
        String pair =
                Base64.getEncoder().encodeToString((user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8));
        return new Credential("Basic " + pair, List.of(pair, password.reveal()));
    }

    Optional<String> header() {
        return header.isEmpty() ? Optional.empty() : Optional.of(header);
    }

    /** Every form in which it could come back in an error text. */
    List<String> secrets() {
        return secrets;
    }

    @Override
    public String toString() {
        return header.isEmpty() ? "none" : "***";
    }
}
