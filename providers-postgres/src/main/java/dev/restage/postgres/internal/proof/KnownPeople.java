package dev.restage.postgres.internal.proof;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.text.PersonalText;
import dev.restage.masking.text.Phones;
import dev.restage.masking.value.MaskKey;
import dev.restage.postgres.internal.mask.KeptContent;
import dev.restage.postgres.internal.mask.MaskedPeople;
import dev.restage.postgres.internal.proof.words.Fingerprints;
import dev.restage.postgres.internal.proof.words.Fingerprints.Kind;
import dev.restage.postgres.internal.proof.words.Prints;
import dev.restage.postgres.internal.proof.words.WordList;
import dev.restage.postgres.internal.session.Query;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * People of a live source whom a policy masks and whom texts name, known before anything is copied by what the proof will
 * know them by after it. Names that kept columns show are public, as they are for the proof.
 */
public final class KnownPeople {

    /** By what somebody is known outside of columns. */
    private static final Set<Kind> TELLING = EnumSet.of(Kind.ADDRESS, Kind.NUMBER, Kind.NAME);

    /** Definitions are few, and have no texts that editors write. */
    private static final int FEWEST_LETTERS = 6;

    private final Fingerprints prints = new Fingerprints();
    private final Map<Long, MaskedPeople.Person> people = new HashMap<>();
    private final Set<String> allowedDomains;

    private KnownPeople(Set<String> allowedDomains) {
        this.allowedDomains = allowedDomains;
    }

    /** Looks for those whom texts could name. */
    public static KnownPeople namedIn(
            Collection<String> texts, Query source, MaskingPolicy policy, ResolvedPolicy resolved, MaskKey key)
            throws SQLException {
        KnownPeople known = new KnownPeople(policy.allowedDomains());
        Words words = new Words();
        texts.forEach(words::read);
        Evidence evidence = new Evidence(known.prints, FEWEST_LETTERS);
        Prints telling = new Prints();
        for (MaskedPeople.Person person : MaskedPeople.meantBy(words.all, source, resolved)) {
            if (!person.value().equals(person.mask().apply(person.value(), key))) {
                telling.clear();
                evidence.of(person.value(), ColumnRules.role(person.mask().mask()), telling);
                telling.forEach(print -> known.people.putIfAbsent(print, person));
            }
        }
        known.forgetPublicNames(texts, source, resolved);
        return known;
    }

    /** From which column somebody is known whom a text names; null if nobody is. */
    public @Nullable String in(String text) {
        return found(text).values().stream()
                .map(MaskedPeople.Person::place)
                .sorted()
                .findFirst()
                .orElse(null);
    }

    private Map<Long, MaskedPeople.Person> found(String text) {
        Map<Long, MaskedPeople.Person> found = new HashMap<>();
        if (!people.isEmpty()) {
            new TextSearch(prints, allowedDomains, (kind, print) -> {
                        MaskedPeople.Person person = TELLING.contains(kind) ? people.get(print) : null;
                        if (person != null) {
                            found.put(print, person);
                        }
                    })
                    .value(text);
        }
        return found;
    }

    /** Asks for those that were found only. */
    private void forgetPublicNames(Collection<String> texts, Query source, ResolvedPolicy resolved)
            throws SQLException {
        Map<Long, MaskedPeople.Person> named = new HashMap<>();
        texts.forEach(text -> named.putAll(found(text)));
        List<Map.Entry<Long, MaskedPeople.Person>> names = named.entrySet().stream()
                .filter(found -> found.getKey() == name(found.getValue().value()))
                .toList();
        if (names.isEmpty()) {
            return;
        }
        Set<Integer> shown = new KeptContent(resolved, allowedDomains)
                .showing(
                        source,
                        names.stream()
                                .map(found -> Words.of(found.getValue().value()))
                                .toList());
        shown.forEach(at -> people.remove(names.get(at).getKey()));
    }

    /** The fingerprint of all words of a value, as somebody's name has it. */
    private long name(String value) {
        WordList words = new WordList(prints);
        words.read(PersonalText.folded(value.strip()));
        return prints.of(Kind.NAME, words.sum(0, words.size()));
    }

    /** The words of texts, and what numbers are known by. */
    private static final class Words implements PersonalText.Reader {

        private final Set<String> all = new LinkedHashSet<>();

        /** In their order. */
        static List<String> of(String text) {
            Words words = new Words();
            PersonalText.read(text.toLowerCase(Locale.ROOT), words);
            return List.copyOf(words.all);
        }

        void read(String text) {
            PersonalText.read(PersonalText.folded(text), this);
        }

        @Override
        public void word(String text, int from, int to) {
            all.add(text.substring(from, to));
        }

        @Override
        public void address(String text, int from, int at, int to) {}

        @Override
        public void number(String text, int from, int to) {
            all.add(Phones.telling(text, from, to));
        }
    }
}
