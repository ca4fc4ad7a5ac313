package dev.restage.provider;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Named settings and secrets, as a shell would export them: the process environment by default, a sandbox's own in a
 * rehearsal. Providers read what they need when an address needs it, so a missing variable stops only who asks for it.
 */
public final class Variables {

    private final Map<String, String> values;

    private Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Holds given values.
     *
     * @param values name to value
     * @return the variables
     */
    public static Variables of(Map<String, String> values) {
        return new Variables(values);
    }

    /** {@return the variables of this process} */
    public static Variables fromEnvironment() {
        return new Variables(System.getenv());
    }

    /**
     * Looks a value up.
     *
     * @param name the variable
     * @return its value; empty if it is not set or blank
     */
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * Looks up a secret that must be there.
     *
     * @param name the variable that holds it
     * @param purpose what it is needed for, as the end of the sentence "... is needed"
     * @return the secret
     * @throws ProviderException {@code DENIED} if it is not set
     */
    public Secret secret(String name, String purpose) {
        return find(name)
                .map(Secret::of)
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.DENIED,
                        "the variable %s is not set: it is needed %s; set it and run again".formatted(name, purpose),
                        null));
    }

    /**
     * {@return the folder in which Restage keeps journals, snapshots and clones: the variable {@code RESTAGE_HOME}, or
     * {@code .restage} in the user's home directory}
     */
    public Path home() {
        return find("RESTAGE_HOME").map(Path::of).orElseGet(() -> Path.of(System.getProperty("user.home"), ".restage"));
    }

    /** Names the variables and shows no value. */
    @Override
    public String toString() {
        return "Variables" + values.keySet().stream().sorted().toList();
    }
}
