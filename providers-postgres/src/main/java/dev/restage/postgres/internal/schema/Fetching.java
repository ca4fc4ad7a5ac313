package dev.restage.postgres.internal.schema;

import dev.restage.postgres.internal.content.Entry;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what reads from outside of its database when it is used: foreign tables, routines that ask other servers, files or
 * programs, and all that leads to them. What an extension does that is not known here is not known either.
 */
final class Fetching {

    /** Functions of the server and of extensions that reach beyond it. Source: their manuals. */
    private static final Pattern OUTWARD =
            Pattern.compile("dblink(?:_\\w+)?|http(?:_get|_post|_put|_patch|_delete|_head)?|pg_read_(?:binary_)?file"
                    + "|pg_ls_\\w+|pg_stat_file|lo_import|pg_file_\\w+|postgres_fdw_\\w+|table_import_from_s3"
                    + "|query_export_to_s3|aws_lambda_invoke|pg_background_launch|oracle_\\w+|xslt_process");

    private static final Pattern PERHAPS =
            Pattern.compile("(?i)dblink|http|pg_read_|pg_ls_|pg_stat_file|lo_import|pg_file_|_fdw|_s3|_invoke|pg_back"
                    + "|oracle_|xslt|copy");

    /** Languages whose code cannot reach out by itself. Source: pg_language.lanpltrusted of each. */
    private static final Set<String> TRUSTED =
            Set.of("sql", "plpgsql", "internal", "plperl", "pltcl", "plv8", "plcoffee", "plls", "plrust");

    /** Extensions that compute on what they are given. */
    private static final Set<String> HARMLESS = Set.of(
            "address_standardizer",
            "address_standardizer_data_us",
            "adminpack",
            "amcheck",
            "autoinc",
            "bloom",
            "bool_plperl",
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "dict_int",
            "dict_xsyn",
            "earthdistance",
            "fuzzystrmatch",
            "h3",
            "h3_postgis",
            "hll",
            "hstore",
            "hstore_plperl",
            "hypopg",
            "insert_username",
            "intagg",
            "intarray",
            "ip4r",
            "isn",
            "jsonb_plperl",
            "lo",
            "ltree",
            "moddatetime",
            "pageinspect",
            "periods",
            "pg_bigm",
            "pg_buffercache",
            "pg_cron",
            "pg_freespacemap",
            "pg_graphql",
            "pg_hashids",
            "pg_hint_plan",
            "pg_ivm",
            "pg_jsonschema",
            "pg_logicalinspect",
            "pg_overexplain",
            "pg_partman",
            "pg_prewarm",
            "pg_repack",
            "pg_similarity",
            "pg_stat_statements",
            "pg_surgery",
            "pg_trgm",
            "pg_uuidv7",
            "pg_visibility",
            "pg_walinspect",
            "pgcrypto",
            "pgjwt",
            "pgmp",
            "pgmq",
            "pgroonga",
            "pgrouting",
            "pgrowlocks",
            "pgstattuple",
            "pgtap",
            "plcoffee",
            "plls",
            "plperl",
            "plpgsql",
            "plpgsql_check",
            "pltcl",
            "plv8",
            "postgis",
            "postgis_raster",
            "postgis_sfcgal",
            "postgis_tiger_geocoder",
            "postgis_topology",
            "prefix",
            "rdkit",
            "refint",
            "rum",
            "seg",
            "semver",
            "sslinfo",
            "tablefunc",
            "tcn",
            "temporal_tables",
            "timescaledb",
            "topn",
            "tsm_system_rows",
            "tsm_system_time",
            "unaccent",
            "unit",
            "uuid-ossp",
            "vector",
            "vectorscale",
            "xml2",
            "zhparser");

    /** What does not fetch itself fetches by these. */
    private static final Set<String> PASSED_ON = Set.of(
            "AGGREGATE",
            "CAST",
            "DOMAIN",
            "EXTENSION",
            "FOREIGN TABLE",
            "FUNCTION",
            "MATERIALIZED VIEW",
            "OPERATOR",
            "OPERATOR CLASS",
            "OPERATOR FAMILY",
            "PROCEDURE",
            "RULE",
            "TYPE",
            "VIEW");

    private static final Set<String> ROUTINES = Set.of("FUNCTION", "PROCEDURE");

    /**
     * By what something reaches out.
     *
     * @param what a name
     * @param certain false of an extension that is not known
     */
    record Way(String what, boolean certain) {}

    private final Map<Integer, Way> ways = new HashMap<>();
    private final Set<Integer> passing = new HashSet<>();
    private final Map<String, Map<String, Way>> byName = new HashMap<>();

    /** Looks at entries, without those that are declared as safe. */
    Fetching(Collection<Entry> entries) {
        for (Entry entry : entries) {
            Way seed = seed(entry);
            if (seed != null) {
                add(entry, seed);
            }
        }
        boolean more = !ways.isEmpty();
        while (more) {
            more = false;
            for (Entry entry : entries) {
                Way known = ways.get(entry.id());
                if (known == null || !known.certain()) {
                    Optional<Way> found = passedOn(entry);
                    if (found.isPresent() && (known == null || found.get().certain())) {
                        add(entry, found.get());
                        more = true;
                    }
                }
            }
        }
    }

    /** By what an entry reaches out. */
    Optional<Way> of(Entry entry) {
        return Optional.ofNullable(ways.get(entry.id()));
    }

    /** By what the definition of a table reaches out as soon as there are rows; names of others are qualified in it. */
    Optional<Way> runBy(String definition) {
        Set<Way> found = new HashSet<>();
        Words.read(definition, (schema, name, called, quoted) -> {
            Map<String, Way> schemas = byName.getOrDefault(name, Map.of());
            if (schemas.containsKey(schema)) {
                found.add(schemas.get(schema));
            }
        });
        return found.stream()
                .min(Comparator.comparing(Way::what))
                .or(() -> PERHAPS.matcher(definition).find()
                        ? Optional.ofNullable(outward(definition))
                        : Optional.empty());
    }

    private void add(Entry entry, Way way) {
        ways.put(entry.id(), way);
        if (PASSED_ON.contains(entry.kind())) {
            passing.add(entry.id());
        }
        if (PASSED_ON.contains(entry.kind()) && way.certain()) {
            byName.computeIfAbsent(name(entry), name -> new HashMap<>())
                    .put(entry.schema() == null ? "" : entry.schema(), way);
        }
    }

    /** A routine's tag has its arguments, and that of a view's query the name of its rule. */
    private static String name(Entry entry) {
        String tag = entry.tag();
        int end = entry.kind().equals("RULE") ? tag.indexOf(" _RETURN") : tag.indexOf('(');
        String bare = end > 0 ? tag.substring(0, end) : tag;
        return bare.startsWith("\"") && bare.endsWith("\"") && bare.length() > 1
                ? bare.substring(1, bare.length() - 1).replace("\"\"", "\"")
                : bare;
    }

    private @Nullable Way seed(Entry entry) {
        String definition = entry.definition();
        if (definition == null) {
            return null;
        }
        if (entry.kind().equals("FOREIGN TABLE")) {
            return new Way("the foreign table %s.%s".formatted(entry.schema(), entry.tag()), true);
        }
        if (entry.kind().equals("EXTENSION")) {
            return HARMLESS.contains(entry.tag()) ? null : new Way("the extension " + entry.tag(), false);
        }
        if (entry.kind().equals("COMMENT")) {
            return null;
        }
        if (ROUTINES.contains(entry.kind())) {
            Optional<String> language = Words.language(definition).filter(name -> !TRUSTED.contains(name));
            if (language.isPresent()) {
                return new Way("%s, which is written in %s".formatted(entry.tag(), language.get()), true);
            }
            if (Words.copiesFiles(definition)) {
                return new Way("COPY of a file or a program in " + entry.tag(), true);
            }
        }
        return PERHAPS.matcher(definition).find() ? outward(definition) : null;
    }

    private static @Nullable Way outward(String definition) {
        Set<String> found = new HashSet<>();
        Words.read(definition, (schema, name, called, quoted) -> {
            if (called && OUTWARD.matcher(name).matches()) {
                found.add(name);
            }
        });
        return found.stream()
                .sorted()
                .findFirst()
                .map(name -> new Way(name, true))
                .orElse(null);
    }

    private Optional<Way> passedOn(Entry entry) {
        String definition = entry.definition();
        if (definition == null || entry.kind().equals("COMMENT") || entry.kind().equals("EXTENSION")) {
            return Optional.empty();
        }
        Way perhaps = null;
        for (int id : entry.dependencies()) {
            Way way = ways.get(id);
            if (way != null && passing.contains(id)) {
                if (way.certain()) {
                    return Optional.of(way);
                }
                perhaps = way;
            }
        }
        Way named = named(definition, !ROUTINES.contains(entry.kind()));
        return Optional.ofNullable(named == null ? perhaps : named);
    }

    /**
     * What fetches and is named in a text.
     *
     * @param onlyInStrings of what the server itself keeps track of, only strings can name more
     */
    private @Nullable Way named(String sql, boolean onlyInStrings) {
        if (byName.isEmpty()) {
            return null;
        }
        Set<Way> found = new HashSet<>();
        Words.read(sql, (schema, name, called, quoted) -> {
            Map<String, Way> schemas = byName.get(name);
            if (schemas != null && (quoted || !onlyInStrings)) {
                if (schema.isEmpty()) {
                    found.addAll(schemas.values());
                } else if (schemas.containsKey(schema)) {
                    found.add(schemas.get(schema));
                }
            }
        });
        return found.stream().min(Comparator.comparing(Way::what)).orElse(null);
    }
}
