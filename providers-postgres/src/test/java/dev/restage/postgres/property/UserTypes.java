package dev.restage.postgres.property;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Enums, composites, domains, ranges, collations, and base types where the role may make them. */
final class UserTypes {

    private final Script script;
    private final Draw draw;

    UserTypes(Script script) {
        this.script = script;
        this.draw = script.draw;
    }

    void addAll() {
        for (int i = 0; i < 5; i++) {
            switch (draw.below(4)) {
                case 0 -> addEnum();
                case 1 -> addComposite();
                case 2 -> addDomain();
                default -> addRange();
            }
        }
        if (draw.percent(50)) {
            addCollation();
        }
        if (script.superuser && draw.percent(50)) {
            addBase();
        }
    }

    private void addEnum() {
        String name = script.qualified();
        List<String> labels = IntStream.range(0, 1 + draw.below(5))
                .mapToObj(i -> BuiltInTypes.literal("läbel '" + i + "\\"))
                .collect(Collectors.toCollection(ArrayList::new));
        script.add("CREATE TYPE %s AS ENUM (%s)".formatted(name, String.join(", ", labels)));
        if (draw.percent(50)) {
            script.add("ALTER TYPE %s ADD VALUE '' BEFORE %s".formatted(name, labels.get(0)));
            labels.add("''");
        }
        script.comment("TYPE " + name);
        script.addType(DrawnType.ordered(name, () -> draw.of(labels)));
    }

    private void addComposite() {
        String name = script.qualified();
        List<DrawnType> types =
                IntStream.range(0, draw.below(4)).mapToObj(i -> script.type()).toList();
        List<String> columns = types.stream().map(type -> script.names.next()).toList();
        String attributes = IntStream.range(0, types.size())
                .mapToObj(i -> columns.get(i) + " " + types.get(i).name())
                .collect(Collectors.joining(", "));
        script.add("CREATE TYPE %s AS (%s)".formatted(name, attributes));
        if (!columns.isEmpty()) {
            script.comment("COLUMN %s.%s".formatted(name, columns.get(0)));
        }
        script.addType(new DrawnType(
                name,
                () -> "ROW(%s)::%s"
                        .formatted(types.stream().map(DrawnType::constant).collect(Collectors.joining(", ")), name),
                types.stream().allMatch(DrawnType::ordered)));
    }

    private void addDomain() {
        String name = script.qualified();
        DrawnType over = script.type();
        String check = script.names.next();
        script.add("CREATE DOMAIN %s AS %s%s%s CONSTRAINT %s CHECK (VALUE IS NOT NULL OR VALUE IS NULL)"
                .formatted(
                        name,
                        over.name(),
                        over.name().equals("text") ? draw.maybe(30, " COLLATE \"C\"") : "",
                        draw.maybe(40, " DEFAULT " + over.constant()),
                        check));
        if (draw.percent(30)) {
            script.add("ALTER DOMAIN %s ADD CONSTRAINT %s CHECK (VALUE IS NULL) NOT VALID"
                    .formatted(name, script.names.next()));
            // Its values would be refused from now on.
            return;
        }
        script.comment("DOMAIN " + name);
        script.comment("CONSTRAINT %s ON DOMAIN %s".formatted(check, name));
        script.addType(new DrawnType(name, () -> "%s::%s".formatted(over.constant(), name), over.ordered()));
    }

    private void addRange() {
        String name = script.qualified();
        String multirange =
                script.major >= 14 && draw.percent(50) ? ", MULTIRANGE_TYPE_NAME = " + script.names.next() : "";
        String subtype = draw.of("double precision", "text COLLATE", "inet", "time");
        String options = subtype.equals("text COLLATE")
                ? "SUBTYPE = text, COLLATION = \"C\""
                : subtype.equals("double precision") && draw.percent(50)
                        ? "SUBTYPE = double precision, SUBTYPE_DIFF = float8mi"
                        : "SUBTYPE = " + subtype;
        script.add("CREATE TYPE %s AS RANGE (%s%s)".formatted(name, options, multirange));
        script.addType(DrawnType.ordered(name, () -> draw.of("'empty'", "'(,)'")));
    }

    private void addCollation() {
        String name = script.qualified();
        String options = Stream.of(
                        "provider = libc, locale = 'C'",
                        "provider = icu, locale = 'de-u-co-phonebk'",
                        "provider = icu, locale = 'und-u-ks-level2', deterministic = false")
                .skip(draw.below(3))
                .findFirst()
                .orElseThrow();
        script.add("CREATE COLLATION %s (%s)".formatted(name, options));
        script.comment("COLLATION " + name);
        String domain = script.qualified();
        script.add("CREATE DOMAIN %s AS text COLLATE %s".formatted(domain, name));
        script.addType(DrawnType.ordered(domain, script.builtIn()::text));
    }

    private void addBase() {
        String name = script.qualified();
        String in = script.qualified();
        String out = script.qualified();
        script.add("CREATE TYPE " + name);
        script.add("CREATE FUNCTION %s(cstring) RETURNS %s LANGUAGE internal IMMUTABLE STRICT AS 'textin'"
                .formatted(in, name));
        script.add("CREATE FUNCTION %s(%s) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'"
                .formatted(out, name));
        script.add("CREATE TYPE %s (INPUT = %s, OUTPUT = %s, LIKE = text, CATEGORY = 'X', DEFAULT = 'it''s')"
                .formatted(name, in, out));
        script.addType(DrawnType.unordered(name, () -> BuiltInTypes.literal("x" + draw.below(10))));
    }
}
