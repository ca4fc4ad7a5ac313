package dev.restage.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a resource is named: {@code scheme:rest}, in the form that users of the thing know. The scheme picks the provider.
 *
 * <p>Examples: {@code database://user@host:5432/db}, {@code database:my-app}, {@code store://bucket/prefix},
 * {@code file:/srv/media}, {@code cache://host:6379/0?prefix=acme}, {@code zone:<id>/<host>},
 * {@code code:owner/repo#branch}, {@code app:my-app}, {@code notice:<name of the variable that holds its URL>}.
 *
 * <p>An address is shown in logs, previews and reports, so it never holds a secret: one with a password is refused.
 *
 * @param scheme the part before the first colon, lower case
 * @param rest all after the first colon, as written
 */
public record Address(String scheme, String rest) implements Comparable<Address> {

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");
    private static final Pattern PASSWORD = Pattern.compile(
            ".*//[^/@?#]*:[^/@?#]+@.*|.*[?&](ssl)?(password|passwd|pwd|(access_)?token|secret|api_?key)=.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * Checks the parts.
     *
     * @param scheme the part before the first colon, lower case
     * @param rest all after the first colon, as written
     */
    public Address {
        if (!SCHEME.matcher(scheme).matches()) {
            String lower = scheme.toLowerCase(Locale.ROOT);
            if (SCHEME.matcher(lower).matches()) {
                throw new IllegalArgumentException(
                        "the scheme of \"%s:...\" is written in small letters: write %s:rest".formatted(scheme, lower));
            }
            throw new IllegalArgumentException("not an address: \"" + scheme + ":...\"; write scheme:rest");
        }
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("the address \"" + scheme + ":\" names nothing; write scheme:rest");
        }
        if (PASSWORD.matcher(rest).matches()) {
            throw new IllegalArgumentException(
                    "an address of the scheme " + scheme
                            + " holds a password; addresses are shown in logs, so put it into a variable and name that instead");
        }
    }

    /**
     * Reads an address.
     *
     * @param text {@code scheme:rest}
     * @return the address
     * @throws IllegalArgumentException if it is none, or holds a password
     */
    @JsonCreator
    public static Address of(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not an address: \"" + text + "\"; write scheme:rest");
        }
        return new Address(text.substring(0, colon), text.substring(colon + 1));
    }

    /** {@return {@code rest} without its query and fragment} */
    public String path() {
        String all = withoutFragment();
        int query = all.indexOf('?');
        return query < 0 ? all : all.substring(0, query);
    }

    /**
     * {@return the file or folder that {@link #path} names}
     *
     * @throws IllegalArgumentException if it is not absolute: where a run is resumed may be another place
     */
    public Path file() {
        String path = path().startsWith("///") ? path().substring(2) : path();
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw new IllegalArgumentException("no absolute path: \"%s\"; write %s:/path".formatted(this, scheme));
        }
        return Path.of(path);
    }

    /** {@return the part after {@code #}, such as the branch of a repository; empty if there is none} */
    public String fragment() {
        int hash = rest.indexOf('#');
        return hash < 0 ? "" : rest.substring(hash + 1);
    }

    /** {@return the {@code name=value} pairs after {@code ?}, sorted by name} */
    public Map<String, String> parameters() {
        Map<String, String> found = new TreeMap<>();
        pairs().forEach(pair -> found.put(pair.get(0), pair.get(1)));
        return found;
    }

    /** {@return names and values after {@code ?}, as they are written; the value of one without {@code =} is empty} */
    List<List<String>> pairs() {
        String all = withoutFragment();
        int query = all.indexOf('?');
        return query < 0
                ? List.of()
                : Arrays.stream(all.substring(query + 1).split("&", -1))
                        .map(pair -> pair.split("=", 2))
                        .map(pair -> List.of(pair[0], pair.length < 2 ? "" : pair[1]))
                        .toList();
    }

    /**
     * Names another fragment of the same resource, such as another branch.
     *
     * @param fragment the new part after {@code #}
     * @return the address with it
     */
    public Address withFragment(String fragment) {
        return new Address(scheme, withoutFragment() + "#" + fragment);
    }

    private String withoutFragment() {
        int hash = rest.indexOf('#');
        return hash < 0 ? rest : rest.substring(0, hash);
    }

    @Override
    public int compareTo(Address other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return scheme + ":" + rest;
    }
}
