package dev.restage.postgres.property;

import java.util.ArrayList;
import java.util.List;

/** The statements drawn so far, and what they draw from. */
final class Script {

    final Draw draw;
    final Names names;
    final int major;
    final boolean superuser;

    private final List<String> statements = new ArrayList<>();
    private final List<String> schemas = new ArrayList<>(List.of("public"));
    private final BuiltInTypes builtIn;
    private final List<DrawnType> types;

    Script(long seed, int major, boolean superuser) {
        this.draw = new Draw(seed);
        this.names = new Names(draw);
        this.major = major;
        this.superuser = superuser;
        this.builtIn = new BuiltInTypes(draw, major);
        this.types = new ArrayList<>(builtIn.all());
    }

    void add(String statement) {
        statements.add(statement);
    }

    List<String> statements() {
        return List.copyOf(statements);
    }

    void addSchema() {
        String schema = names.next();
        add("CREATE SCHEMA " + schema);
        schemas.add(schema);
        comment("SCHEMA " + schema);
    }

    /** A new name within one of the schemas. */
    String qualified() {
        return draw.of(schemas) + "." + names.next();
    }

    BuiltInTypes builtIn() {
        return builtIn;
    }

    void addType(DrawnType type) {
        types.add(type);
    }

    DrawnType type() {
        DrawnType type = draw.of(types);
        return draw.percent(15) ? builtIn.array(type) : type;
    }

    DrawnType orderedType() {
        DrawnType type = type();
        while (!type.ordered()) {
            type = type();
        }
        return type;
    }

    /** Now and then a comment with awkward text. */
    void comment(String object) {
        if (draw.percent(30)) {
            add("COMMENT ON " + object + " IS " + builtIn.text());
        }
    }
}
