package dev.restage.postgres.internal.schema;

import dev.restage.masking.text.PersonalText;
import dev.restage.masking.text.Phones;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells definitions that hold what looks like an e-mail address or a telephone number. For one thread. */
final class PeopleInText implements PersonalText.Reader {

    /** Domains that can belong to nobody. Source: RFC 2606; {@code .test} is used for people of made-up companies too. */
    private static final Pattern NOBODYS =
            Pattern.compile("(?:.*\\.)?example(?:\\.(?:com|net|org))?|.*\\.(?:invalid|localhost)");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");

    private final Set<String> allowedDomains;
    private @Nullable String found;

    PeopleInText(Set<String> allowedDomains) {
        this.allowedDomains = allowedDomains;
    }

    /** What a text holds, in words; null if nothing. */
    @Nullable String in(String text) {
        found = null;
        PersonalText.read(PersonalText.folded(text), this);
        return found;
    }

    @Override
    public void word(String text, int from, int to) {}

    @Override
    public void address(String text, int from, int at, int to) {
        String domain = text.substring(at + 1, to);
        if (!allowedDomains.contains(domain) && !NOBODYS.matcher(domain).matches()) {
            found = "an e-mail address";
        }
    }

    @Override
    public void number(String text, int from, int to) {
        if (found == null
                && Phones.looksLike(text, from, to)
                && !DATE.matcher(text.substring(from, to)).matches()) {
            found = "a telephone number";
        }
    }
}
