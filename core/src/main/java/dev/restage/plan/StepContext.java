package dev.restage.plan;

import dev.restage.provider.Address;
import dev.restage.provider.Progress;
import dev.restage.provider.Resource;
import dev.restage.provider.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a step works with. It belongs to one step of one run and may be used by that step's threads. */
public interface StepContext {

    /**
     * Opens a resource in one of its roles.
     *
     * @param address an address that the step's {@link Step#access} declares
     * @param role the interface of the role: {@code Database.class}
     * @param <R> the role
     * @return the resource; the engine closes it
     * @throws dev.restage.provider.PlanException if the step has not declared the address, no provider serves its
     *     scheme, or the resource has not that role
     */
    <R extends Resource> R use(Address address, Class<R> role);

    /**
     * Records something that the step has done or found out. Of several attempts the last one counts.
     *
     * @param name its name within the step
     * @param value its value
     */
    void fact(String name, String value);

    /**
     * Records work that was done, such as objects copied: the fact of that name is the sum over all attempts.
     *
     * @param name its name within the step
     * @param more how much was done since the last call
     */
    void count(String name, long more);

    /**
     * {@return a fact of this step; empty if it has not been recorded}
     *
     * @param name its name within the step
     */
    Optional<String> fact(String name);

    /**
     * Keeps what undoing will need, or what was started and must be found again. Made once over all attempts of a run and on disk
     * before this returns, so call it before the act. No message quotes it.
     *
     * @param name its name within the step
     * @param value asked only if nothing is kept under that name yet
     * @return what is kept
     */
    String keep(String name, Supplier<String> value);

    /**
     * {@return what is kept; empty if nothing is}
     *
     * @param name its name within the step
     */
    Optional<String> kept(String name);

    /** {@return the facts of all steps so far} */
    Facts facts();

    /**
     * Reports something that people should know although the step goes on.
     *
     * @param message a sentence
     */
    void warn(String message);

    /** {@return where the step says how far it is} */
    Progress progress();

    /**
     * Looks a secret up in the variables.
     *
     * @param variable the variable that holds it
     * @param purpose what it is needed for, as the end of the sentence "... is needed"
     * @return the secret
     * @throws dev.restage.provider.ProviderException {@code DENIED} if it is not set
     */
    Secret secret(String variable, String purpose);

    /**
     * Waits until a condition is true, asking ever less often.
     *
     * @param what what is waited for, as the end of the sentence "waited for ..."
     * @param limit how long to wait at most
     * @param condition asked again and again
     * @throws dev.restage.provider.ProviderException {@code UNAVAILABLE} if the limit is reached first
     */
    void await(String what, Duration limit, BooleanSupplier condition);

    /**
     * {@return a folder on this machine where steps may keep what they would like to know in a later run, and can do
     * without; made by who needs it}
     */
    Path memory();

    /** {@return the id of the run; {@code preview} in a preview} */
    String runId();

    /** {@return when the run began; the same after a resume} */
    Instant startedAt();
}
