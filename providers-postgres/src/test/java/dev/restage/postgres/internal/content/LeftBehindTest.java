package dev.restage.postgres.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.masking.DatabaseShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Extensions that no server here has, and owners that the servers here have not. */
class LeftBehindTest {

    private final List<Entry> entries = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "EXTENSION, google_vacuum_mgmt, '', Google Cloud SQL",
        "EXTENSION, google_db_advisor, '', Google Cloud SQL",
        "EXTENSION, neon, '', Neon",
        "EXTENSION, pg_graphql, '', Supabase",
        "EXTENSION, supabase_vault, '', Supabase",
        "SCHEMA, vault, supabase_admin, Supabase",
        "SCHEMA, pgbouncer, pgbouncer, Supabase",
        "SCHEMA, storage, supabase_storage_admin, Supabase",
        "SCHEMA, apgcc, rdsadmin, Amazon RDS",
        "SCHEMA, neon_migration, cloud_admin, Neon",
        "SCHEMA, _heroku, heroku_admin, Heroku",
        "SCHEMA, _heroku, postgres, Heroku",
        "DEFAULT ACL, DEFAULT PRIVILEGES FOR TABLES, supabase_admin, Supabase",
    })
    void belongsToACompany(String kind, String tag, String owner, String company) {
        add(kind, null, tag, owner);

        LeftBehind left = LeftBehind.of(contents(), List.of());

        assertThat(left.rest().entries()).isEmpty();
        assertThat(left.names()).hasSize(1);
        if (!kind.equals("DEFAULT ACL")) {
            assertThat(left.notes()).singleElement().asString().contains(company, tag);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXTENSION, pg_stat_statements, ''",
        "EXTENSION, pg_cron, ''",
        "EXTENSION, googly, ''",
        "SCHEMA, public, rdsadmin",
        "SCHEMA, auth, ada",
        "SCHEMA, storage, postgres",
        "SCHEMA, reports, rds_superuser",
        "SCHEMA, neon, ada",
        "SCHEMA, google_ads, ada",
        "EVENT TRIGGER, log_create_ext, heroku_admin",
        "EVENT TRIGGER, awsdms_intercept_ddl, rdsadmin",
        "PUBLICATION, supabase_realtime, ada",
        "TABLE, users, supabase_admin",
    })
    void belongsToTheCustomer(String kind, String tag, String owner) {
        add(kind, null, tag, owner);

        assertThat(LeftBehind.of(contents(), List.of()).rest().entries()).hasSize(1);
    }

    @Test
    void rightsAreTheCompanysIfTheyAreNothingElse() {
        add("SCHEMA", null, "_heroku", "heroku_admin");
        defined("ACL", "SCHEMA public", "REVOKE USAGE ON SCHEMA public FROM PUBLIC;\n");
        defined(
                "ACL",
                "SCHEMA public",
                "REVOKE USAGE ON SCHEMA public FROM PUBLIC;\nGRANT USAGE ON SCHEMA public TO ada;\n");

        assertThat(LeftBehind.of(contents(), List.of()).rest().entries())
                .singleElement()
                .extracting(Entry::id)
                .isEqualTo(3);
    }

    @Test
    void anEventTriggerIsWhoseTheFunctionIsThatItCalls() {
        add("SCHEMA", null, "_heroku", "heroku_admin");
        add("FUNCTION", "_heroku", "create_ext()", "heroku_admin");
        add("FUNCTION", "public", "create_ext()", "ada");
        defined(
                "EVENT TRIGGER",
                "any",
                "CREATE EVENT TRIGGER any ON sql_drop\n   EXECUTE FUNCTION _heroku.create_ext();\n");
        defined(
                "EVENT TRIGGER",
                "log_create_ext",
                "CREATE EVENT TRIGGER x ON sql_drop\n   EXECUTE FUNCTION public.create_ext();\n");

        assertThat(LeftBehind.of(contents(), List.of()).rest().entries())
                .extracting(Entry::id)
                .containsExactly(3, 5);
    }

    private void add(String kind, @Nullable String schema, String tag, String owner) {
        add(kind, schema, tag, owner, null);
    }

    private void defined(String kind, String tag, String definition) {
        add(kind, null, tag, "", definition);
    }

    private void add(String kind, @Nullable String schema, String tag, String owner, @Nullable String definition) {
        entries.add(new Entry(
                entries.size() + 1,
                0,
                0,
                kind,
                schema,
                tag,
                Section.PRE_DATA,
                definition,
                null,
                null,
                null,
                null,
                (char) 0,
                owner,
                List.of()));
    }

    private Contents contents() {
        return new Contents("db", 16, "16", "UTF8", entries, List.of(), new DatabaseShape(List.of()));
    }
}
