package dev.restage.postgres.internal.catalog;

import dev.restage.postgres.internal.content.Section;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of objects, in the order in which pg_dump makes them where nothing else orders them. Source: the priorities
 * in src/bin/pg_dump/pg_dump_sort.c, PostgreSQL 18.
 */
enum Kind {
    SCHEMA(Section.PRE_DATA, 1),
    PROCEDURAL_LANGUAGE(Section.PRE_DATA, 2),
    COLLATION(Section.PRE_DATA, 3),
    TRANSFORM(Section.PRE_DATA, 4),
    EXTENSION(Section.PRE_DATA, 5),
    SHELL_TYPE(Section.PRE_DATA, 6),
    TYPE(Section.PRE_DATA, 6),
    DOMAIN(Section.PRE_DATA, 6),
    CAST(Section.PRE_DATA, 7),
    FUNCTION(Section.PRE_DATA, 8),
    PROCEDURE(Section.PRE_DATA, 8),
    AGGREGATE(Section.PRE_DATA, 9),
    ACCESS_METHOD(Section.PRE_DATA, 10),
    OPERATOR(Section.PRE_DATA, 11),
    OPERATOR_FAMILY(Section.PRE_DATA, 12),
    OPERATOR_CLASS(Section.PRE_DATA, 12),
    CONVERSION(Section.PRE_DATA, 13),
    TEXT_SEARCH_PARSER(Section.PRE_DATA, 14),
    TEXT_SEARCH_TEMPLATE(Section.PRE_DATA, 15),
    TEXT_SEARCH_DICTIONARY(Section.PRE_DATA, 16),
    TEXT_SEARCH_CONFIGURATION(Section.PRE_DATA, 17),
    FOREIGN_DATA_WRAPPER(Section.PRE_DATA, 18),
    SERVER(Section.PRE_DATA, 19),
    TABLE(Section.PRE_DATA, 20),
    VIEW(Section.PRE_DATA, 20),
    MATERIALIZED_VIEW(Section.PRE_DATA, 20),
    FOREIGN_TABLE(Section.PRE_DATA, 20),
    SEQUENCE(Section.PRE_DATA, 20),
    TABLE_ATTACH(Section.PRE_DATA, 21),
    DEFAULT(Section.PRE_DATA, 23),
    BLOB(Section.PRE_DATA, 24),
    TABLE_DATA(Section.DATA, 30),
    SEQUENCE_SET(Section.DATA, 31),
    BLOBS(Section.DATA, 32),
    CONSTRAINT(Section.POST_DATA, 40),
    CHECK_CONSTRAINT(Section.POST_DATA, 40),
    INDEX(Section.POST_DATA, 41),
    INDEX_ATTACH(Section.POST_DATA, 42),
    STATISTICS(Section.POST_DATA, 43),
    RULE(Section.POST_DATA, 44),
    TRIGGER(Section.POST_DATA, 45),
    FK_CONSTRAINT(Section.POST_DATA, 46),
    POLICY(Section.POST_DATA, 47),
    ROW_SECURITY(Section.POST_DATA, 47),
    PUBLICATION(Section.POST_DATA, 48),
    PUBLICATION_TABLE(Section.POST_DATA, 49),
    PUBLICATION_TABLES_IN_SCHEMA(Section.POST_DATA, 50),
    SUBSCRIPTION(Section.POST_DATA, 51),
    DEFAULT_ACL(Section.POST_DATA, 52),
    EVENT_TRIGGER(Section.POST_DATA, 53),
    MATERIALIZED_VIEW_DATA(Section.POST_DATA, 54),

    /** Last, as sessions that open later are under them. */
    DATABASE_PROPERTIES(Section.POST_DATA, 55),

    /** These are not sorted, they follow their host at once. */
    SEQUENCE_OWNED_BY(Section.PRE_DATA, 0),
    USER_MAPPING(Section.PRE_DATA, 0),
    COMMENT(Section.NONE, 0),
    SECURITY_LABEL(Section.NONE, 0),
    ACL(Section.NONE, 0);

    private static final Map<String, Kind> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Kind::label, Function.identity()));

    private final Section section;
    private final int rank;

    Kind(Section section, int rank) {
        this.section = section;
        this.rank = rank;
    }

    static Kind of(String label) {
        Kind kind = BY_LABEL.get(label);
        if (kind == null) {
            throw new IllegalArgumentException("no kind of object: " + label);
        }
        return kind;
    }

    /** What pg_dump calls it. */
    String label() {
        return name().replace('_', ' ');
    }

    Section section() {
        return section;
    }

    /** Lower is earlier. */
    int rank() {
        return rank;
    }

    /** Whether it comes directly behind its host instead of being sorted. */
    boolean follows() {
        return rank == 0;
    }
}
