package dev.restage.sandbox.site.internal.content;

import dev.restage.sandbox.site.Person;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Invents people. The names are put together from syllables that make no English word, so that finding one in a text
 * means that a person was found.
 */
final class People {

    private static final List<String> FIRST =
            List.of("Zs", "Oluw", "Brynj", "Hyac", "Ott", "Quent", "Mireill", "Thad", "Yev", "Xim", "Ingib", "Dagn");
    private static final List<String> FIRST_END = List.of("ófia", "aseun", "olf", "inthe", "oline", "avra", "enia");
    private static final List<String> LAST = List.of(
            "Okafor", "Wrenf", "Zernov", "Bjarkl", "Quisp", "Tammer", "Vandr", "Lindq", "Ashkov", "Pellet", "Drumm");
    private static final List<String> LAST_END =
            List.of("sson", "ieldt", "oyev", "öd", "escu", "ington", "újo", "erova", "ickx", "azzi", "önen");
    private static final List<String> DOMAINS =
            List.of("example.org", "example.net", "mail.example", "post.test", "acme-staff.example");

    private People() {}

    static List<Person> invent(long seed, int count) {
        Random random = new Random(seed);
        List<Person> people = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        while (people.size() < count) {
            String first = any(random, FIRST) + any(random, FIRST_END);
            String last = any(random, LAST) + any(random, LAST_END);
            if (people.size() >= FIRST.size() * FIRST_END.size() * LAST.size() / 2) {
                last += "-" + any(random, LAST) + any(random, LAST_END);
            }
            if (taken.add(first + last)) {
                people.add(person(first, last, DOMAINS.get(people.size() % DOMAINS.size()), people.size()));
            }
        }
        return people;
    }

    private static Person person(String first, String last, String domain, int index) {
        String account = ascii(first) + "." + ascii(last);
        String email = account + "@" + domain;
        // Every fourth person logs in with the address, and some capitals come from a careless form.
        String userName = index % 4 == 3 ? email : account.replace(".", "").replace("-", "");
        return new Person(first, last, userName, index % 9 == 8 ? email.toUpperCase(Locale.ROOT) : email);
    }

    private static String ascii(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String any(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
