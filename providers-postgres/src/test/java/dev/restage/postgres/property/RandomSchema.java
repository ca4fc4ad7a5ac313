package dev.restage.postgres.property;

import java.util.List;

/** A random database: everything that pg_dump knows, under awkward names, with rows. */
final class RandomSchema {

    private RandomSchema() {}

    /**
     * The statements that make it in an empty database.
     *
     * @param seed the same one gives the same statements
     * @param major the server's version
     * @param superuser whether to make what only a superuser may
     */
    static List<String> of(long seed, int major, boolean superuser) {
        Script script = new Script(seed, major, superuser);
        script.addSchema();
        script.addSchema();
        new UserTypes(script).addAll();
        Routines routines = new Routines(script);
        routines.addAll();
        Tables tables = new Tables(script, routines);
        tables.addAll();
        new Derived(script).addAll(tables.all());
        new Others(script).addAll(tables.all());
        return script.statements();
    }
}
