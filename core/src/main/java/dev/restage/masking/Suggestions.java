package dev.restage.masking;

import dev.restage.masking.MaskTarget.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Proposes rules for columns from names, types and samples. In doubt it masks. */
final class Suggestions {

    /** So much of a sample has to look alike. */
    private static final double MOST = 0.6;

    private static final String DOMAIN = "example.com";
    private static final Pattern EMAIL = Pattern.compile("\\s*" + TextMask.Replace.EMAILS + "\\s*");
    private static final Pattern EMAIL_WITHIN = Pattern.compile(TextMask.Replace.EMAILS);
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()/.-]{7,25}");
    private static final Pattern LINK = Pattern.compile("(?i)https?://\\S+");

    private record Named(Pattern name, Mask mask, String what) {}

    private static final List<Named> NAMES = List.of(
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
            named("password|passwd|.*_password|pass_?hash", Mask.password(), "a password"),
            named(".*(secret|token|api_?key|private_?key|otp).*", Mask.hash(), "a secret"),
            named("street.*|address_?(line)?_?1|house", new PlaceMask.Street(), "a street"),
            named("(post|zip)_?code|zip|postal_?code", new PlaceMask.Postcode(), "a postcode"),
            named("city|town", new PlaceMask.City(), "a town"),
            named("country", new PlaceMask.Country(), "a country"),
            named(".*address.*", Mask.address(), "an address"),
            named(".*(avatar|portrait|photo|file|attachment).*", new TextMask.FileName(), "the name of a file"));

    private static final Pattern MADE_BY_MACHINES = Pattern.compile(
            "status|state|type|kind|.*_(status|state|type|kind|code|slug|hash|locale)|slug|path|locale|lang(uage)?(_code)?|currency|codename|app|app_label|model|action|level|colou?r|mime.*|encoding|version|time_?zone");

    private final DatabaseShape shape;
    private final SampleSource samples;

    Suggestions(DatabaseShape shape, SampleSource samples) {
        this.shape = shape;
        this.samples = samples;
    }

    MaskingPolicy forGapsOf(MaskingPolicy policy) {
        List<ColumnRule> rules = new ArrayList<>();
        for (TableMasking masking : policy.resolve(shape).tables()) {
            TableShape table = masking.table();
            if (!masking.carriesRows() || !table.root().equals(table.name())) {
                continue;
            }
            for (TableShape.Column column : table.columns()) {
                if (column.generated() == null
                        && column.target().canHoldPersonalData()
                        && masking.column(column.name()).isEmpty()
                        && !refers(table, column)) {
                    rules.add(rule(table, column));
                }
            }
        }
        return new MaskingPolicy(rules, List.of(), policy.strictness());
    }

    /** A column that refers to another is masked as that one is. */
    private static boolean refers(TableShape table, TableShape.Column column) {
        return table.references().stream()
                .anyMatch(reference -> reference.columns().contains(column.name()));
    }

    private ColumnRule rule(TableShape table, TableShape.Column column) {
        List<String> values = samples.values(table, column).stream()
                .filter(value -> !value.isBlank())
                .toList();
        Proposal proposal = proposal(column, values);
        // what the column refuses is of no use; null and empty are the way out
        Mask mask = new ColumnMask(proposal.mask(), column.target()).problem().isEmpty()
                ? proposal.mask()
                : wayOut(column.target());
        return new ColumnRule(
                new TableSelector.Named(table.qualifiedName()), column.name(), Set.of(), mask, proposal.reason());
    }

    private static Mask wayOut(MaskTarget target) {
        return List.of(Mask.hash(), Mask.toNull(), Mask.empty()).stream()
                .filter(mask -> new ColumnMask(mask, target).problem().isEmpty())
                .findFirst()
                .orElseGet(WholeMask.Keep::new);
    }

    private record Proposal(Mask mask, String reason) {}

    private static Proposal proposal(TableShape.Column column, List<String> values) {
        Optional<Named> named = NAMES.stream()
                .filter(each -> each.name().matcher(column.name()).matches())
                .findFirst();
        Shape shape = column.target().element() == null
                ? column.target().shape()
                : column.target().element().shape();
        if (!shape.isText()) {
            return byType(shape, values);
        }
        if (most(values, EMAIL)) {
            return new Proposal(Mask.email(DOMAIN), "most values are e-mail addresses");
        }
        if (named.isPresent()) {
            return new Proposal(
                    named.get().mask(), "the name is that of " + named.get().what());
        }
        if (most(values, PHONE)) {
            return new Proposal(Mask.phone(), "most values look like telephone numbers");
        }
        if (most(values, LINK)) {
            return new Proposal(new TextMask.Link(), "most values are addresses of pages");
        }
        if (MADE_BY_MACHINES.matcher(column.name()).matches()
                && values.stream()
                        .noneMatch(value -> EMAIL_WITHIN.matcher(value).find())) {
            return new Proposal(
                    Mask.keep(), "the name is that of a value made by software, and no address was seen in it");
        }
        long different = values.stream().distinct().count();
        if (values.size() >= 20 && different * 10 <= values.size()) {
            return new Proposal(
                    Mask.keep(),
                    "%d values of %d seen are different: a list of choices".formatted(different, values.size()));
        }
        return new Proposal(
                Mask.freeText(), values.isEmpty() ? "text, and no value to be seen" : "text of which nothing is known");
    }

    private static Proposal byType(Shape shape, List<String> values) {
        return switch (shape) {
            case INET, CIDR -> new Proposal(new ValueMask.Ip(), "the address of a computer");
            case TSVECTOR -> new Proposal(Mask.empty(), "words of a text, made anew by the site");
            case BYTES -> new Proposal(Mask.empty(), "bytes of which nothing is known");
            case JSON ->
                new Proposal(
                        Mask.json(),
                        values.stream()
                                        .anyMatch(value ->
                                                EMAIL_WITHIN.matcher(value).find())
                                ? "e-mail addresses were seen in the JSON"
                                : "JSON of which nothing is known");
            default -> new Proposal(Mask.freeText(), "text of which nothing is known");
        };
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
