package dev.restage.postgres.property;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All kinds of types that a server has by itself. */
final class BuiltInTypes {

    private static final List<String> PIECES = List.of(
            "",
            "a",
            "Z",
            " ",
            "\t",
            "\n",
            "\r",
            "\\",
            "\\N",
            "\\.",
            "'",
            "\"",
            ",",
            "{",
            "}",
            "(",
            ")",
            "$$",
            "ß",
            "日本",
            "\uD83D\uDE00",
            "NULL",
            "null",
            "0",
            "%",
            "\u0001",
            "\u007f");

    private final Draw draw;
    private final int major;

    BuiltInTypes(Draw draw, int major) {
        this.draw = draw;
        this.major = major;
    }

    List<DrawnType> all() {
        List<DrawnType> types = new ArrayList<>();
        types.add(DrawnType.ordered("boolean", () -> draw.of("true", "false")));
        types.add(DrawnType.ordered("smallint", () -> Integer.toString(draw.below(65536) - 32768)));
        types.add(integer());
        types.add(DrawnType.ordered("bigint", () -> "'" + draw.anyLong() + "'"));
        types.add(DrawnType.ordered("numeric", () -> draw.of("'NaN'", "1e30", "-0.0001", "0.000", number())));
        types.add(DrawnType.ordered("numeric(14,3)", this::number));
        types.add(DrawnType.ordered("real", () -> draw.of("'Infinity'", "'-0'", "1e-30", "0.1", number())));
        types.add(DrawnType.ordered("double precision", () -> draw.of("'NaN'", "1e-300", "0.1", number())));
        types.add(DrawnType.ordered("money", () -> Integer.toString(draw.below(10000))));
        types.add(DrawnType.ordered("text", this::text));
        types.add(DrawnType.unordered("text", () -> "repeat(%s, %d)".formatted(text(), 1 + draw.below(3000))));
        types.add(DrawnType.ordered("character varying", this::text));
        types.add(DrawnType.ordered("character varying(40)", () -> "left(%s, 40)".formatted(text())));
        types.add(DrawnType.ordered("character(7)", () -> "left(%s, 7)".formatted(text())));
        types.add(DrawnType.ordered("name", () -> "left(%s, 10)".formatted(text())));
        types.add(DrawnType.ordered("\"char\"", () -> "'" + draw.of("a", "Z", "", " ") + "'"));
        types.add(DrawnType.ordered("bytea", () -> "'\\x" + hex(2 * draw.below(20)) + "'"));
        types.add(DrawnType.ordered("date", () -> draw.of("'infinity'", "'0044-03-15 BC'", date())));
        types.add(DrawnType.ordered("time without time zone", this::time));
        types.add(DrawnType.ordered("time(2) with time zone", () -> "(%s || '+05:30')".formatted(time())));
        types.add(DrawnType.ordered("timestamp without time zone", this::timestamp));
        types.add(DrawnType.ordered("timestamp(3) with time zone", this::timestamp));
        types.add(DrawnType.ordered(
                "interval",
                () -> "'%d mons -%d days %d:00:00.5'".formatted(draw.below(50), draw.below(9), draw.below(99))));
        types.add(DrawnType.ordered("interval day to second(1)", () -> "'%d days 1:2:3.4'".formatted(draw.below(50))));
        types.add(DrawnType.ordered("uuid", () -> "'" + hex(32) + "'"));
        types.add(DrawnType.unordered("json", this::json));
        types.add(DrawnType.ordered("jsonb", this::json));
        types.add(DrawnType.unordered("jsonpath", () -> draw.of("'$.a[*] ? (@ > 1)'", "'strict $'")));
        types.add(DrawnType.unordered("xml", () -> "'<a b=\"%d\">&lt;é</a>'".formatted(draw.below(9))));
        types.add(DrawnType.ordered("inet", () -> draw.of("'::1/64'", "'10.0.0.%d'".formatted(draw.below(256)))));
        types.add(DrawnType.ordered("cidr", () -> "'10.%d.0.0/16'".formatted(draw.below(256))));
        types.add(DrawnType.ordered("macaddr", () -> "'" + hex(12) + "'"));
        types.add(DrawnType.ordered("macaddr8", () -> "'" + hex(16) + "'"));
        types.add(DrawnType.ordered("bit(5)", () -> "B'" + bits(5) + "'"));
        types.add(DrawnType.ordered("bit varying(9)", () -> "B'" + bits(draw.below(10)) + "'"));
        types.add(DrawnType.unordered("point", () -> "'(%d,-0.5)'".formatted(draw.below(99))));
        types.add(DrawnType.unordered("line", () -> "'{1,%d,3}'".formatted(draw.below(99))));
        types.add(DrawnType.unordered("lseg", () -> "'[(0,0),(1,%d)]'".formatted(draw.below(99))));
        types.add(DrawnType.unordered("box", () -> "'(1,1),(0,-%d)'".formatted(draw.below(99))));
        types.add(DrawnType.unordered("path", () -> draw.of("'[(0,0),(1,1)]'", "'((0,0),(1,1),(2,0))'")));
        types.add(DrawnType.unordered("polygon", () -> "'((0,0),(1,%d),(2,0))'".formatted(draw.below(99))));
        types.add(DrawnType.unordered("circle", () -> "'<(0,0),%d>'".formatted(draw.below(99))));
        types.add(DrawnType.ordered("tsvector", () -> "to_tsvector('simple', %s)".formatted(text())));
        types.add(DrawnType.ordered("tsquery", () -> "'a & !b | c:*A'"));
        types.add(range("int4range", integer().value()));
        types.add(range("numrange", this::number));
        types.add(range("daterange", this::date));
        types.add(range("tstzrange", this::timestamp));
        if (major >= 14) {
            types.add(DrawnType.ordered(
                    "int4multirange", () -> draw.of("'{}'", "'{[1,3),[7,%d)}'".formatted(8 + draw.below(99)))));
        }
        types.add(DrawnType.ordered("oid", () -> Integer.toString(draw.below(100000))));
        types.add(DrawnType.ordered("regtype", () -> draw.of("'integer'", "'text[]'")));
        types.add(DrawnType.ordered("pg_lsn", () -> "'1/%s'".formatted(hex(6))));
        types.add(DrawnType.unordered("pg_snapshot", () -> "'10:20:10,14,15'"));
        return types;
    }

    DrawnType integer() {
        return DrawnType.ordered("integer", () -> Integer.toString(draw.below(1000) - 500));
    }

    /** One-dimensional and deeper, with nulls and bounds. */
    DrawnType array(DrawnType element) {
        String name = element.name() + "[]";
        return new DrawnType(
                name,
                () -> switch (draw.below(4)) {
                    case 0 -> "'{}'::" + name;
                    case 1 -> "ARRAY[%s, NULL]::%s".formatted(element.value().get(), name);
                    case 2 ->
                        "ARRAY[ARRAY[%s],ARRAY[%s]]::%s"
                                .formatted(
                                        element.value().get(), element.value().get(), name);
                    default ->
                        "array_fill((%s)::%s, ARRAY[2], ARRAY[-1])"
                                .formatted(element.value().get(), element.name());
                },
                element.ordered());
    }

    /** Some text with what escaping must get right. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = draw.below(6); i > 0; i--) {
            text.append(draw.of(PIECES));
        }
        return literal(text.toString());
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private DrawnType range(String name, Supplier<String> bound) {
        return DrawnType.ordered(name, () -> {
            String one = bound.get();
            return draw.of(
                    "'empty'",
                    "'(,)'",
                    "%s(%s, NULL)".formatted(name, one),
                    "%s(%s, %s, '[]')".formatted(name, one, one));
        });
    }

    private String number() {
        return "%d.%03d".formatted(draw.below(2000) - 1000, draw.below(1000));
    }

    private String date() {
        return "'20%02d-%02d-%02d'".formatted(draw.below(40), 1 + draw.below(12), 1 + draw.below(28));
    }

    private String time() {
        return "'%02d:%02d:59.%d'".formatted(draw.below(24), draw.below(60), draw.below(1000));
    }

    private String timestamp() {
        return draw.of("'-infinity'", "'20%02d-02-03 04:05:06.%06d'".formatted(draw.below(40), draw.below(1000000)));
    }

    private String json() {
        return draw.of(
                "'null'",
                "'[]'",
                "'{\"a\": %d, \"b\\\\n\": [true, \"\\\\u00e9 é\"]}'".formatted(draw.below(100)),
                "to_json(%s::text)".formatted(text()));
    }

    private String hex(int digits) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            hex.append(Character.forDigit(draw.below(16), 16));
        }
        return hex.toString();
    }

    private String bits(int count) {
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            bits.append(draw.below(2));
        }
        return bits.toString();
    }
}
