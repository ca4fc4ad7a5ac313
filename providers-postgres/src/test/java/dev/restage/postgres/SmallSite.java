package dev.restage.postgres;

import dev.restage.Restage;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview;
import dev.restage.recipe.Framework;
import dev.restage.recipe.StagingReset;
import dev.restage.run.Receipt;
import dev.restage.sandbox.server.PostgresDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The databases of a small Wagtail site, and a reset of one from the other. */
final class SmallSite {

    /** The tables that a reset asks for; {@code PAGES} and {@code PEOPLE} stand for what a project may replace. */
    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE PEOPLE (
                id integer PRIMARY KEY, password varchar(128) NOT NULL, last_login timestamptz,
                username varchar(150) NOT NULL UNIQUE, first_name varchar(150) NOT NULL, last_name varchar(150) NOT NULL,
                email varchar(254) NOT NULL)""",
            """
            CREATE TABLE PAGES (
                id integer PRIMARY KEY, path varchar(255) NOT NULL UNIQUE, depth integer NOT NULL, title varchar(255) NOT NULL,
                slug varchar(255) NOT NULL, url_path text NOT NULL, owner_id integer REFERENCES PEOPLE)""",
            """
            CREATE TABLE wagtailcore_site (
                id integer PRIMARY KEY, hostname varchar(255) NOT NULL, port integer NOT NULL, site_name varchar(255) NOT NULL,
                root_page_id integer NOT NULL REFERENCES PAGES, is_default_site boolean NOT NULL, UNIQUE (hostname, port))""",
            """
            CREATE TABLE wagtailcore_revision (
                id integer PRIMARY KEY, content jsonb NOT NULL, object_str text NOT NULL, object_id varchar(255) NOT NULL,
                approved_go_live_at timestamptz)""",
            "CREATE TABLE django_site (id integer PRIMARY KEY, domain varchar(100) NOT NULL UNIQUE, name varchar(50) NOT NULL)",
            "CREATE TABLE base_note (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)",
            "INSERT INTO PAGES VALUES (1, '0001', 1, 'Root', 'root', '/', NULL), (2, '00010001', 2, 'Home', 'home', '/home/', NULL),"
                    + " (3, '00010002', 2, 'Trade', 'trade', '/trade/', NULL)");

    final PostgresDatabase production = database();
    final PostgresDatabase staging = database();

    private final Path home;
    private final String pages;
    private final String people;

    SmallSite(Path home) {
        this(home, "wagtailcore_page", "auth_user");
    }

    SmallSite(Path home, String pages, String people) {
        this.home = home;
        this.pages = pages;
        this.people = people;
    }

    private static PostgresDatabase database() {
        return TestDatabases.server()
                .createDatabase("site" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** Makes the tables, with the pages of two sites. */
    void fill(PostgresDatabase database) throws SQLException {
        run(database, TABLES.toArray(String[]::new));
    }

    void run(PostgresDatabase database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql.replace("PAGES", pages).replace("PEOPLE", people));
            }
        }
    }

    void sites(PostgresDatabase database, String... hosts) throws SQLException {
        for (int i = 0; i < hosts.length; i++) {
            run(
                    database,
                    "INSERT INTO wagtailcore_site VALUES (%d, '%s', 443, '', %d, %b)"
                            .formatted(i + 1, hosts[i], i + 2, i == 0));
        }
    }

    List<String> texts(PostgresDatabase database, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    PlanPreview preview(Framework framework) {
        return preview(framework, null);
    }

    PlanPreview preview(Framework framework, @Nullable String web) {
        return preview(reset(framework, web));
    }

    Receipt reset(Framework framework) {
        return run(of(framework));
    }

    Receipt resetAt(String web, Framework framework) {
        return run(reset(framework, web).without("check-site"));
    }

    StagingReset of(Framework framework) {
        return reset(framework, null);
    }

    PlanPreview preview(StagingReset reset) {
        try (Restage restage = restage()) {
            return restage.preview(reset.build());
        }
    }

    Receipt run(StagingReset reset) {
        try (Restage restage = restage()) {
            return restage.run(restage.preview(reset.build()));
        }
    }

    private StagingReset reset(Framework framework, @Nullable String web) {
        Environment.Builder target = Environment.staging("staging").database(address(staging, "STAGING"));
        return StagingReset.of(
                        Environment.production("production")
                                .database(address(production, "PRODUCTION"))
                                .build(),
                        (web == null ? target : target.web(web)).build())
                .framework(framework);
    }

    private Restage restage() {
        return Restage.builder()
                .variables(Map.of(
                        "PRODUCTION",
                        production.password(),
                        "STAGING",
                        staging.password(),
                        "RESTAGE_MASKING_KEY",
                        "key",
                        "RESTAGE_HOME",
                        home.toString()))
                .build();
    }

    private static String address(PostgresDatabase database, String variable) {
        return "postgres://%s@%s:%d/%s?passwordVariable=%s"
                .formatted(database.user(), database.host(), database.port(), database.name(), variable);
    }

    private static Connection connect(PostgresDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
