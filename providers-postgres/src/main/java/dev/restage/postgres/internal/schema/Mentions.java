package dev.restage.postgres.internal.schema;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.ObjectRule.Carry;
import dev.restage.postgres.internal.catalog.CatalogTexts;
import dev.restage.postgres.internal.content.Contents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds what definitions say that only rows should: addresses, telephone numbers, passwords, people. Never says which. */
final class Mentions {

    private Mentions() {}

    /**
     * What was found.
     *
     * @param place kind and name of the object
     * @param what what it holds
     */
    record Mention(String place, String what) {}

    /** Those that have the form of something personal, in contents that are carried, without what is declared as safe. */
    static List<Mention> in(Contents carried, MaskingPolicy policy) {
        PeopleInText people = new PeopleInText(policy.allowedDomains());
        List<Mention> found = new ArrayList<>();
        texts(carried, policy, (place, text) -> {
            if (Passwords.in(text)) {
                found.add(new Mention(place, "a password"));
            }
            @Nullable String what = people.in(text);
            if (what != null) {
                found.add(new Mention(place, "what looks like " + what));
            }
        });
        return found.stream().distinct().toList();
    }

    /**
     * Those of people who are known, in the same texts.
     *
     * @param known says where somebody is known from whom a text names; null if nobody is
     */
    static List<Mention> of(Function<String, @Nullable String> known, Contents carried, MaskingPolicy policy) {
        List<Mention> found = new ArrayList<>();
        texts(carried, policy, (place, text) -> {
            @Nullable String whence = known.apply(text);
            if (whence != null) {
                found.add(new Mention(place, "what %s holds of somebody and the policy masks".formatted(whence)));
            }
        });
        return found.stream().distinct().toList();
    }

    /** All that is said besides rows, by place, without what is declared as safe. */
    static void texts(Contents carried, MaskingPolicy policy, BiConsumer<String, String> reader) {
        carried.entries()
                .forEach(entry -> CatalogTexts.of(entry, (place, text) -> {
                    if (policy.carryOf(place)
                            .filter(carry -> carry == Carry.KEEP)
                            .isEmpty()) {
                        reader.accept(place, text);
                    }
                }));
    }
}
