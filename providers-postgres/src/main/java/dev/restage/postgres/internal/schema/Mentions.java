package dev.restage.postgres.internal.schema;

import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.ObjectRule.Carry;
import dev.restage.postgres.internal.catalog.ColumnDefaults;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.content.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what definitions say that only rows should: addresses, telephone numbers, passwords. Never says which. */
final class Mentions {

    private final MaskingPolicy policy;
    private final PeopleInText people;
    private final List<Mention> found = new ArrayList<>();

    private Mentions(MaskingPolicy policy) {
        this.policy = policy;
        this.people = new PeopleInText(policy.allowedDomains());
    }

    /**
     * What was found.
     *
     * @param place kind and name of the object
     * @param what what it holds
     */
    record Mention(String place, String what) {}

    /** Those in contents that are carried, without what is declared as safe. */
    static List<Mention> in(Contents carried, MaskingPolicy policy) {
        Mentions mentions = new Mentions(policy);
        carried.entries().forEach(mentions::look);
        return mentions.found.stream().distinct().toList();
    }

    /** What the name of an entry's owner is called in rules and messages. */
    static String owner(Entry entry) {
        return "the name of the owner of " + entry.name();
    }

    private void look(Entry entry) {
        List<ColumnDefaults> defaults = ColumnDefaults.of(entry);
        defaults.forEach(each -> look(each.name(), each.text()));
        if (entry.definition() != null) {
            look(entry.name(), ColumnDefaults.without(entry.definition(), defaults));
        }
        if (entry.owner() != null && !entry.owner().isEmpty()) {
            look(owner(entry), entry.owner());
        }
    }

    private void look(String place, String text) {
        if (policy.carryOf(place).filter(carry -> carry == Carry.KEEP).isPresent()) {
            return;
        }
        if (Passwords.in(text)) {
            found.add(new Mention(place, "a password"));
        }
        @Nullable String what = people.in(text);
        if (what != null) {
            found.add(new Mention(place, "what looks like " + what));
        }
    }
}
