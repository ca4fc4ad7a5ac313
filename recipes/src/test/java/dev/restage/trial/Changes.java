package dev.restage.trial;

import dev.restage.provider.ProviderException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was changed in a world, in order; one of the changes can go wrong. */
public final class Changes {

    /** When a change goes wrong. */
    public enum Accident {
        /** Nothing was changed. */
        BEFORE,
        /** The change was made, and nobody was told. */
        AFTER
    }

    private final List<String> made = new CopyOnWriteArrayList<>();
    private int wrong;
    private int asked;
    private Accident accident = Accident.BEFORE;

    /** Lets one change go wrong, the first one being 1; those after it go well. */
    public synchronized void goWrong(int change, Accident how) {
        wrong = asked + change;
        accident = how;
    }

    /** {@return the changes that were made} */
    public List<String> made() {
        return List.copyOf(made);
    }

    synchronized void make(String what, Runnable change) {
        boolean goesWrong = ++asked == wrong;
        if (goesWrong && accident == Accident.BEFORE) {
            throw broken(what);
        }
        change.run();
        made.add(what);
        if (goesWrong) {
            throw broken(what);
        }
    }

    private static ProviderException broken(String what) {
        return new ProviderException(ProviderException.Kind.UNAVAILABLE, "the line broke at \"" + what + "\"", null);
    }
}
