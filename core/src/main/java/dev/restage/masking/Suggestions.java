package dev.restage.masking;

import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.MaskTarget.Shape;
import dev.restage.masking.value.PersonMask;
import dev.restage.masking.value.PlaceMask;
import dev.restage.masking.value.TextMask;
import dev.restage.masking.value.ValueMask;
import dev.restage.masking.value.WholeMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Proposes rules for columns from names, types and samples. In doubt it masks. */
final class Suggestions {

    /** So much of a sample has to look alike. */
    private static final double MOST = 0.6;

    private static final String DOMAIN = "example.com";
    private static final Pattern EMAIL = Pattern.compile("\\s*" + TextMask.Replace.EMAILS + "\\s*");
    private static final Pattern EMAIL_WITHIN = Pattern.compile(TextMask.Replace.EMAILS);
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()/.-]{7,25}");
    private static final Pattern JSON = Pattern.compile("\\s*(?:\\{\\s*\"|\\[\\s*[\\[{\"]).*", Pattern.DOTALL);
    /** What can only be a telephone number: with a plus, or in groups behind a zero. */
    private static final Pattern CALLED = Pattern.compile("\\+[\\d ()/.-]{8,}|\\(?0\\d*[ ()-][\\d ()-]{6,}");

    /** No telephone number, though of the same characters. */
    private static final Pattern DAY_OR_DECIMAL =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?:[ T][\\d:.+Z-]+)?|-?\\d{1,6}[.,]\\d+");

    /** Places, sizes, days and times, which something reads. */
    private static final Pattern FORMED = Pattern.compile("(?=\\D*\\d)[\\d\\s.,:;/()+#*_T-]{3,60}");

    private static final Pattern LINK = Pattern.compile("(?i)https?://\\S+");

    private record Named(Pattern name, Mask mask, String what) {}

    /** A first and a last name, as choices of a list do not have them. */
    private static final Pattern NAME = Pattern.compile("\\p{Lu}\\p{L}+(?:[ -]\\p{Lu}[\\p{L}.'-]*)+");

    /** A name that software gives is one word; with gaps it was written by somebody. */
    private static final Pattern CODE = Pattern.compile("[\\p{L}\\p{N}_.:/+#-]{1,60}");

    /** A word with a capital, or two words as in a login: software gives neither to each row. */
    private static final Pattern NAMED_AFTER =
            Pattern.compile("\\p{Lu}\\p{Ll}{2,}|(?:.*[/:])?\\p{Ll}{2,}[.]\\p{Ll}{2,}(?:/.*)?");

    /** A login of an initial and a last name. */
    private static final Pattern INITIAL = Pattern.compile("\\p{L}[.]\\p{L}{3,}");

    /** A login, or two to four words. */
    private static final Pattern CALLED_BY =
            Pattern.compile("\\p{L}[\\p{L}\\p{N}_.'\u2019-]*(?:,? \\p{L}[\\p{L}.'\u2019-]*){0,3}");

    private static final Pattern SEVERAL_WORDS = Pattern.compile("\\P{L}*\\p{L}+\\P{L}+\\p{L}.*");

    /** A slug or a path; words of one kind, such as a locale, are none. */
    private static final Pattern JOINED = Pattern.compile("(?=.*[/_.-]|[a-z0-9]{6,}$)[\\p{L}\\p{N}_.:/+#-]+");

    /** Keeps the form of slugs and paths, and what a path has in common with a slug. */
    private static final Mask BETWEEN_SLASHES =
            new TextMask.Replace(List.of(new TextMask.Replace.Part("[^/]+", Mask.hash())));

    private static final List<Named> NAMES = List.of(
            named("password|passwd|.*_password|pass_?hash", Mask.password(), "a password"),
            named(".*(secret|token|api_?key|private_?key|otp).*", Mask.hash(), "a secret"),
            named(
                    "e?_?mail|.*_e?mail|e?mail_.*|.*_address_to|to_address|from_address|reply_to",
                    Mask.email(DOMAIN),
                    "an e-mail address"),
            named("user_?name|login|nick(name)?|handle", Mask.username(DOMAIN), "a login name"),
            named("first_?name|given_?name|fore_?name|middle_?name", Mask.firstName(), "a first name"),
            named("last_?name|family_?name|sur_?name|maiden_?name", Mask.lastName(), "a last name"),
            named(
                    "(full|display|contact|customer|person|author|your|billing|shipping|company_contact)_?name|author",
                    Mask.fullName(),
                    "a name"),
            named(".*(phone|mobile|telefon|fax).*|tel", Mask.phone(), "a telephone number"),
            named("street.*|address_?(line)?_?1|house", new PlaceMask.Street(), "a street"),
            named("(post|zip)_?code|zip|postal_?code", new PlaceMask.Postcode(), "a postcode"),
            named("city|town", new PlaceMask.City(), "a town"),
            named("country", new PlaceMask.Country(), "a country"),
            named(".*address.*", Mask.address(), "an address"),
            named(".*(avatar|portrait|photo|file|attachment).*", new TextMask.FileName(), "the name of a file"));

    /** Those that tell of a person beside other values of theirs. */
    private static final List<Named> BESIDE = Stream.concat(
                    Stream.of(named("name", Mask.fullName(), "a name")),
                    NAMES.stream()
                            .filter(each -> !(each.mask() instanceof PersonMask.Email)
                                    && !(each.mask() instanceof PlaceMask.Country)
                                    && !(each.mask() instanceof TextMask.FileName)))
            .toList();

    private static final Pattern MADE_BY_MACHINES = Pattern.compile(
            "status|state|type|kind|.*_(status|state|type|kind|code|slug|hash|locale)|slug|path|locale|lang(uage)?(_code)?|currency|codename|app|app_label|model|action|level|colou?r|mime.*|encoding|version|time_?zone");

    /** A column of a name for software's values that has none yet: longer ones take texts. */
    private static final int LONGEST_CODE = 64;

    private final DatabaseShape shape;
    private final SampleSource samples;

    Suggestions(DatabaseShape shape, SampleSource samples) {
        this.shape = shape;
        this.samples = samples;
    }

    /** A rule that may be proposed for a column. */
    private record Drafted(TableShape table, TableShape.Column column, ColumnRule rule) {}

    MaskingPolicy forGapsOf(MaskingPolicy policy) {
        List<Drafted> drafts = new ArrayList<>();
        SeenPeople people = new SeenPeople();
        for (TableMasking masking : policy.resolve(shape).tables()) {
            TableShape table = masking.table();
            if (!masking.carriesRows() || !table.root().equals(table.name())) {
                continue;
            }
            for (TableShape.Column column : table.columns()) {
                Optional<Mask> mask = masking.column(column.name()).map(ColumnMask::mask);
                if (mask.isEmpty() && column.generated() == null && !refers(table, column)) {
                    Optional<ColumnRule> rule = rule(table, column);
                    rule.ifPresent(each -> drafts.add(new Drafted(table, column, each)));
                    mask = rule.map(ColumnRule::mask);
                }
                mask.ifPresent(each -> learn(people, each, table, column));
            }
        }
        return new MaskingPolicy(
                drafts.stream().map(draft -> withoutPeople(draft, people)).toList(), List.of(), policy.strictness());
    }

    /** What one column tells of people, for the others. */
    private void learn(SeenPeople people, Mask mask, TableShape table, TableShape.Column column) {
        if (isForNames(mask)) {
            // the single words of a column that says who it was may be those of programs, which others name too
            values(table, column).stream()
                    .filter(value -> !PeopleByName.tell(column)
                            || SEVERAL_WORDS.matcher(value).matches())
                    .forEach(people::learn);
        } else if (mask instanceof TextMask.FreeText) {
            List<String> values = values(table, column);
            if (areMostlyDifferent(values)) {
                values.forEach(PeopleByName.list(table) && most(values, NAME) ? people::learn : people::learnText);
            }
        }
    }

    private static boolean isForNames(Mask mask) {
        return mask instanceof PersonMask.Email
                || mask instanceof PersonMask.Username
                || mask instanceof PersonMask.FirstName
                || mask instanceof PersonMask.LastName
                || mask instanceof PersonMask.FullName;
    }

    /** What seemed to be made by software does not stay if it names somebody whom another column names. */
    private ColumnRule withoutPeople(Drafted draft, SeenPeople people) {
        ColumnRule rule = draft.rule();
        if (!(rule.mask() instanceof WholeMask.Keep)) {
            return rule;
        }
        List<String> values = values(draft.table(), draft.column());
        if (!people.areIn(values)) {
            return rule;
        }
        Mask proposed =
                values.stream().allMatch(value -> JOINED.matcher(value).matches()) ? BETWEEN_SLASHES : Mask.freeText();
        return mask(proposed, draft.column().target())
                .map(mask -> new ColumnRule(
                        rule.table(), rule.column(), rule.types(), mask, "it names people whom other columns name"))
                .orElse(rule);
    }

    /** A column that refers to another is masked as that one is. */
    private static boolean refers(TableShape table, TableShape.Column column) {
        return table.references().stream()
                .anyMatch(reference -> reference.columns().contains(column.name()));
    }

    /** Empty if the column is nobody's, or if nothing but its owner can say what becomes of it. */
    private Optional<ColumnRule> rule(TableShape table, TableShape.Column column) {
        Optional<Proposal> proposal = column.target().canHoldPersonalData()
                ? Optional.of(proposal(table, column, values(table, column)))
                : PersonalNumbers.of(table, column, () -> values(table, column))
                        .map(found -> new Proposal(found.mask(), "it holds " + found.what()));
        return proposal.flatMap(each -> mask(each.mask(), column.target())
                .map(mask -> new ColumnRule(
                        new TableSelector.Named(table.qualifiedName()), column.name(), Set.of(), mask, each.reason())));
    }

    private List<String> values(TableShape table, TableShape.Column column) {
        return samples.values(table, column).stream()
                .filter(value -> !value.isBlank())
                .toList();
    }

    /** What the column refuses is of no use; tokens, null and empty are the way out. */
    private static Optional<Mask> mask(Mask proposed, MaskTarget target) {
        return Stream.of(proposed, Mask.hash(), Mask.digits(), Mask.toNull(), Mask.empty())
                .filter(mask -> new ColumnMask(mask, target).problem().isEmpty())
                .findFirst();
    }

    private record Proposal(Mask mask, String reason) {}

    private static Proposal proposal(TableShape table, TableShape.Column column, List<String> values) {
        Proposal proposal = proposal(column, values);
        return proposal.mask() instanceof TextMask.FreeText
                        && PeopleByName.list(table)
                        && PeopleByName.call(column)
                        && most(values, NAME)
                ? new Proposal(Mask.fullName(), "most values look like names, in a table of people")
                : proposal;
    }

    private static Proposal proposal(TableShape.Column column, List<String> values) {
        MaskTarget target = column.target();
        return switch (target.shape()) {
            case ARRAY -> {
                Shape element = Objects.requireNonNullElse(target.element(), MaskTarget.TEXT)
                        .shape();
                List<String> elements = parts(target, values);
                yield element.isText() ? text(column, elements) : byType(element, elements);
            }
            case HSTORE -> text(column, parts(target, values));
            case TEXT, CITEXT, CHAR -> text(column, values);
            default -> byType(target.shape(), values);
        };
    }

    private static List<String> parts(MaskTarget target, List<String> values) {
        return values.stream().flatMap(value -> target.parts(value).stream()).toList();
    }

    private static Proposal text(TableShape.Column column, List<String> values) {
        if (most(values, EMAIL)) {
            return new Proposal(Mask.email(DOMAIN), "most values are e-mail addresses");
        }
        if (most(values, JSON)) {
            return new Proposal(Mask.json(), "most values are JSON of which nothing is known");
        }
        boolean addresses = values.isEmpty() || values.stream().anyMatch(EMAIL_WITHIN.asPredicate());
        Optional<Named> named = NAMES.stream()
                .filter(each -> each.name().matcher(column.name()).matches())
                .filter(each -> addresses || !(each.mask() instanceof PersonMask.Email))
                .findFirst();
        if (named.isPresent()) {
            return new Proposal(
                    named.get().mask(), "the name is that of " + named.get().what());
        }
        if (most(values, DAY_OR_DECIMAL)) {
            return alike();
        }
        if (most(values, PHONE)) {
            return new Proposal(Mask.phone(), "most values look like telephone numbers");
        }
        if (most(values, LINK)) {
            return new Proposal(new TextMask.Link(), "most values are addresses of pages");
        }
        boolean people = PeopleByName.tell(column);
        Optional<Proposal> kept = people ? Optional.empty() : kept(column, values);
        if (kept.isEmpty() && most(values, FORMED)) {
            return alike();
        }
        if (people && most(values, CALLED_BY)) {
            return new Proposal(
                    values.stream().anyMatch(value -> value.indexOf(' ') > 0) ? Mask.fullName() : Mask.username(DOMAIN),
                    "the name is that of a column which says who it was");
        }
        return kept.orElseGet(() -> new Proposal(
                Mask.freeText(),
                values.isEmpty() ? "text, and no value to be seen" : "text of which nothing is known"));
    }

    private static Proposal alike() {
        return new Proposal(new TextMask.Alike(), "most values are digits and signs, whose form stays");
    }

    /** What can stay, by name and by what is seen together. */
    private static Optional<Proposal> kept(TableShape.Column column, List<String> values) {
        boolean machines = MADE_BY_MACHINES.matcher(column.name()).matches();
        if (values.isEmpty()) {
            return machines && column.target().maxLength() <= LONGEST_CODE
                    ? Optional.of(new Proposal(
                            Mask.keep(),
                            "the name is that of a short value made by software, and there is none to be seen"))
                    : Optional.empty();
        }
        if (values.stream().anyMatch(Suggestions::isPersonal) || most(values, INITIAL)) {
            return Optional.empty();
        }
        long different = values.stream().distinct().count();
        boolean people = areMostlyDifferent(values) && most(values, NAMED_AFTER);
        if (machines
                && !people
                && values.stream().allMatch(value -> CODE.matcher(value).matches())) {
            return Optional.of(new Proposal(
                    Mask.keep(), "the name is that of a value made by software, and nothing else was seen in it"));
        }
        return values.size() >= 20 && different * 10 <= values.size()
                ? Optional.of(new Proposal(
                        Mask.keep(),
                        "%d values of %d seen are different: a list of choices".formatted(different, values.size())))
                : Optional.empty();
    }

    /** What somebody's texts seem to be at a place that has no rule, beside others that have one; empty if they tell nobody. */
    static Optional<String> people(String name, List<String> texts) {
        if (texts.stream().anyMatch(EMAIL_WITHIN.asPredicate())) {
            return Optional.of("e-mail addresses");
        }
        if (texts.stream().anyMatch(CALLED.asMatchPredicate())) {
            return Optional.of("telephone numbers");
        }
        return BESIDE.stream()
                .filter(each -> each.name().matcher(name).matches())
                .map(Named::what)
                .findFirst()
                .or(() -> most(texts, NAME) ? Optional.of("names") : Optional.empty());
    }

    private static boolean isPersonal(String value) {
        return EMAIL_WITHIN.matcher(value).find()
                || NAME.matcher(value).matches()
                || CALLED.matcher(value).matches()
                || JSON.matcher(value).matches();
    }

    private static Proposal byType(Shape shape, List<String> values) {
        return switch (shape) {
            case INET, CIDR -> new Proposal(new ValueMask.Ip(), "the address of a computer");
            case TSVECTOR -> new Proposal(Mask.empty(), "words of a text, made anew by the site");
            case BYTES -> new Proposal(Mask.empty(), "bytes of which nothing is known");
            case XML -> new Proposal(Mask.freeText(), "XML of which nothing is known");
            case JSON ->
                new Proposal(
                        Mask.json(),
                        values.stream().anyMatch(EMAIL_WITHIN.asPredicate())
                                ? "e-mail addresses were seen in the JSON"
                                : "JSON of which nothing is known");
            default -> new Proposal(Mask.toNull(), "a type of which nothing is known");
        };
    }

    private static boolean areMostlyDifferent(List<String> values) {
        return values.stream().distinct().count() * 2 > values.size();
    }

    private static boolean most(List<String> values, Pattern pattern) {
        return !values.isEmpty()
                && values.stream()
                                .filter(value -> pattern.matcher(value).matches())
                                .count()
                        >= MOST * values.size();
    }

    private static Named named(String pattern, Mask mask, String what) {
        return new Named(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), mask, what);
    }
}
