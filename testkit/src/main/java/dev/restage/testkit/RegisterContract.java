package dev.restage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.provider.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link Register} must do. A provider's test extends this and adds its own cases. */
public abstract class RegisterContract {

    private static final String FIRST = "{\"owner\":\"ines@laptop\",\"purpose\":\"it's \\\"nightly\\\" äöü €\"}";
    private static final String SECOND = "{\"owner\":\"ann@desk\"}";

    /** For subclasses, one per implementation. */
    protected RegisterContract() {}

    /** {@return the register under test, empty at first; the same one each time in a test, through an object of its own} */
    protected abstract Register register();

    /** {@return how many try at the same moment} */
    protected int contenders() {
        return 4;
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(register().read()).isEmpty();
    }

    @Test
    void holdsWhatWasPutInForAllWhoRead() {
        assertThat(register().putIfAbsent(FIRST)).isTrue();

        assertThat(register().read()).contains(FIRST);
    }

    @Test
    void putsNothingInWhereSomethingIs() {
        register().putIfAbsent(FIRST);

        assertThat(register().putIfAbsent(SECOND)).isFalse();
        assertThat(register().read()).contains(FIRST);
    }

    @Test
    void replacesOnlyWhatIsExpected() {
        assertThat(register().replace(FIRST, SECOND)).as("there is nothing").isFalse();
        assertThat(register().read()).isEmpty();

        register().putIfAbsent(FIRST);
        assertThat(register().replace(SECOND, "third")).isFalse();
        assertThat(register().read()).contains(FIRST);
        assertThat(register().replace(FIRST, SECOND)).isTrue();
        assertThat(register().read()).contains(SECOND);
    }

    @Test
    void takesOutOnlyWhatIsExpected() {
        assertThat(register().remove(FIRST)).as("there is nothing").isFalse();

        register().putIfAbsent(FIRST);
        assertThat(register().remove(SECOND)).isFalse();
        assertThat(register().read()).contains(FIRST);
        assertThat(register().remove(FIRST)).isTrue();
        assertThat(register().read()).isEmpty();
        assertThat(register().putIfAbsent(SECOND)).as("it is free again").isTrue();
    }

    @Test
    void ofThoseWhoPutInAtTheSameMomentOneSucceeds() throws Exception {
        List<Boolean> outcomes = together(contender -> () -> register().putIfAbsent("contender " + contender));

        assertThat(outcomes).filteredOn(won -> won).hasSize(1);
        assertThat(register().read()).contains("contender " + outcomes.indexOf(true));
    }

    @Test
    void ofThoseWhoReplaceAtTheSameMomentOneSucceeds() throws Exception {
        register().putIfAbsent(FIRST);

        List<Boolean> outcomes = together(contender -> () -> register().replace(FIRST, "contender " + contender));

        assertThat(outcomes).filteredOn(won -> won).hasSize(1);
        assertThat(register().read()).contains("contender " + outcomes.indexOf(true));
    }

    private interface Contender {
        Callable<Boolean> of(int number);
    }

    private List<Boolean> together(Contender contender) throws InterruptedException, ExecutionException {
        ExecutorService all = Executors.newFixedThreadPool(contenders());
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < contenders(); i++) {
                tasks.add(contender.of(i));
            }
            List<Boolean> outcomes = new ArrayList<>();
            for (Future<Boolean> outcome : all.invokeAll(tasks)) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } finally {
            all.shutdownNow();
        }
    }
}
