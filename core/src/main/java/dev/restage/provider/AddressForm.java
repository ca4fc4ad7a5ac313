package dev.restage.provider;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What may stand behind {@code ?} and {@code #} in the addresses of one scheme:
 *
 * <pre>{@code
 * AddressForm.of("region", "profile").with("requestPayer", "requester")
 * }</pre>
 *
 * <p>Restage refuses all else before it opens an address, for a parameter that nobody reads would be ignored in silence,
 * and another thing would be meant than the one that is written there.
 *
 * @param parameters name to the values it takes; none if it takes any text
 * @param fragment what stands behind {@code #}, as {@code branch}; empty if nothing may
 */
public record AddressForm(Map<String, Set<String>> parameters, String fragment) {

    /** What nobody sees who reads the address, at the ends of its parts or anywhere. */
    private static final Pattern UNSEEN = Pattern.compile(
            "^\\s|\\s$|\\s[?#&=]|[?#&=]\\s|[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", Pattern.UNICODE_CHARACTER_CLASS);

    private static final String OF_VARIABLE = "Variable";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * Copies the names.
     *
     * @param parameters name to the values it takes; none if it takes any text
     * @param fragment what stands behind {@code #}; empty if nothing may
     */
    public AddressForm {
        Map<String, Set<String>> copy = new TreeMap<>();
        parameters.forEach((name, values) -> copy.put(name, Collections.unmodifiableSortedSet(new TreeSet<>(values))));
        parameters = Collections.unmodifiableMap(copy);
    }

    /**
     * Makes a form.
     *
     * @param parameters the names of those that take any text
     * @return a form with them, without a fragment
     */
    public static AddressForm of(String... parameters) {
        AddressForm form = new AddressForm(Map.of(), "");
        for (String name : parameters) {
            form = form.with(name);
        }
        return form;
    }

    /**
     * Adds a parameter.
     *
     * @param name its name
     * @param values those that it takes; none if it takes any text
     * @return the form with it
     */
    public AddressForm with(String name, String... values) {
        Map<String, Set<String>> all = new TreeMap<>(parameters);
        all.put(name, Set.of(values));
        return new AddressForm(all, fragment);
    }

    /**
     * Lets something stand behind {@code #}.
     *
     * @param what what it is, such as {@code branch}
     * @return the form with it
     */
    public AddressForm withFragment(String what) {
        return new AddressForm(parameters, what);
    }

    /**
     * Refuses an address that says more than its scheme understands: a parameter that is not known, has no value or another
     * than it takes, or is there twice, and a fragment that nobody reads. So is one with what cannot be seen, as a blank at an
     * end. A parameter whose name ends in {@code Variable} takes the name of one.
     *
     * @param address an address of the scheme
     * @throws IllegalArgumentException if it has not this form; the message has the nearest known name
     */
    public void check(Address address) {
        if (UNSEEN.matcher(address.rest()).find()) {
            throw new IllegalArgumentException(
                    "\"%s\" has a blank at an end of one of its parts, or a character that cannot be seen: write it without"
                            .formatted(address.rest()));
        }
        if (fragment.isEmpty() && address.rest().indexOf('#') >= 0) {
            throw new IllegalArgumentException(
                    "addresses of the scheme %s end before \"#\": leave \"#%s\" out, or rename the thing"
                            .formatted(address.scheme(), address.fragment()));
        }
        Set<String> seen = new HashSet<>();
        for (List<String> pair : address.pairs()) {
            String name = pair.get(0);
            check(address.scheme(), name, pair.get(1));
            if (!seen.add(name)) {
                throw new IllegalArgumentException("\"%s\" is there twice: leave one out".formatted(name));
            }
        }
    }

    private void check(String scheme, String name, String value) {
        Set<String> values = parameters.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no parameter of the scheme %s is called \"%s\"%s; %s"
                    .formatted(scheme, name, meant(name, parameters.keySet()), known()));
        }
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"%s\" has no value: write %s=..., or leave it out".formatted(name, name));
        }
        if (name.endsWith(OF_VARIABLE) && !VARIABLE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" takes the name of a variable, as in %s=ACME_LOGIN".formatted(name, name));
        }
        if (!values.isEmpty() && !values.contains(value)) {
            throw new IllegalArgumentException("\"%s\" is %s, and not \"%s\"%s"
                    .formatted(name, String.join(" or ", values), value, meant(value, values)));
        }
    }

    private String known() {
        return parameters.isEmpty() ? "it takes none" : "it takes " + String.join(", ", parameters.keySet());
    }

    private static String meant(String word, Set<String> known) {
        return Nearest.to(word, known).map(": did you mean \"%s\"?"::formatted).orElse("");
    }
}
