package dev.restage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** Who has a connection for reading tries to write. The server is asked afterwards whether anything has changed. */
@Timeout(60)
class ReadOnlyTest {

    private interface Attack {
        void on(Connection connection) throws Exception;
    }

    private static final String INSERT = "INSERT INTO person VALUES (2, 'written')";

    private static final Map<String, Attack> ATTACKS = attacks();

    private static PostgresDatabase database;
    private static Connection observer;

    @BeforeAll
    static void make(@TempDir Path home) throws SQLException {
        database = new TestDatabases(home)
                .holding(
                        "CREATE TABLE person (id int PRIMARY KEY, name text)",
                        "INSERT INTO person VALUES (1, 'Ada')",
                        "CREATE SEQUENCE counter",
                        "CREATE FUNCTION write() RETURNS int LANGUAGE plpgsql AS"
                                + " 'BEGIN INSERT INTO person VALUES (3, ''by a function''); RETURN 1; END'",
                        "CREATE PROCEDURE end_it() LANGUAGE plpgsql AS"
                                + " 'BEGIN COMMIT; SET TRANSACTION READ WRITE; INSERT INTO person VALUES (4, ''x''); COMMIT; END'",
                        "CREATE FUNCTION cursor_of() RETURNS refcursor LANGUAGE plpgsql AS"
                                + " 'DECLARE c refcursor; BEGIN OPEN c FOR SELECT 1; RETURN c; END'");
        observer = database.write();
    }

    @AfterAll
    static void stop() throws SQLException {
        observer.close();
    }

    static Stream<String> names() {
        return ATTACKS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingIsWrittenBy(String attack) throws SQLException {
        String before = state();

        try (Connection connection = database.read()) {
            attempt(() -> attack(attack).on(connection));
            attempt(() -> run(connection, INSERT));
            attempt(connection::commit);
        }

        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingIsWrittenWithoutAutomaticCommitBy(String attack) throws SQLException {
        String before = state();

        try (Connection connection = database.read()) {
            connection.setAutoCommit(false);
            attempt(() -> attack(attack).on(connection));
            attempt(() -> run(connection, "COMMIT"));
            attempt(connection::rollback);
            attempt(() -> attack(attack).on(connection));
            attempt(connection::commit);
            attempt(() -> run(connection, INSERT));
            attempt(() -> connection.setAutoCommit(true));
            attempt(() -> run(connection, INSERT));
        }

        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                INSERT,
                "UPDATE person SET name = 'x'",
                "CREATE TABLE x (y int)",
                "SELECT nextval('counter')",
                "SELECT write()",
                "SET TRANSACTION READ WRITE",
                "SELECT set_config('transaction_read_only', 'off', false)"
            })
    void theServerItselfRefuses(String statement) throws SQLException {
        try (Connection connection = database.read()) {
            assertThatThrownBy(() -> run(connection, statement))
                    .isInstanceOf(org.postgresql.util.PSQLException.class)
                    .hasMessageMatching(
                            "(?s).*(in a read-only transaction|read-write mode must be set before any query).*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'nobody'",
                "SELECT PG_CANCEL_BACKEND(0)",
                "SELECT pg_catalog.pg_reload_conf()",
                "SELECT pg_advisory_lock(1)",
                "SELECT pg_try_advisory_lock(1)",
                "SELECT dblink_exec('dbname=postgres', 'DELETE FROM person')",
                "SELECT lo_import('/etc/hostname')",
                "SELECT lo_export(1, '/tmp/x')",
                "DO 'BEGIN PERFORM pg_terminate_backend(0); END'",
                "LOCK TABLE person IN ACCESS EXCLUSIVE MODE",
                "/* */ lock person"
            })
    void whatNoRollbackTakesBackOrKeepsOthersWaitingIsNotSent(String statement) throws SQLException {
        try (Connection connection = database.read()) {
            assertThatThrownBy(() -> run(connection, statement))
                    .isNotInstanceOf(org.postgresql.util.PSQLException.class)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("is not sent");
            assertThat(first(connection, "SELECT name FROM person")).isEqualTo("Ada");
        }
    }

    @Test
    void afterAFailureTheNextQueryIsAnswered() throws SQLException {
        try (Connection connection = database.read()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> run(connection, "SELECT * FROM missing"))
                        .isInstanceOf(SQLException.class);
                assertThat(first(connection, "SELECT name FROM person")).isEqualTo("Ada");
            }
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> run(connection, "SELECT * FROM missing")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> first(connection, "SELECT 1")).hasMessageContaining("aborted");
            connection.rollback();
            assertThat(first(connection, "SELECT name FROM person")).isEqualTo("Ada");
        }
    }

    @Test
    void readsAsAnyConnectionDoes() throws SQLException {
        try (Connection connection = database.read()) {
            assertThat(connection.isReadOnly()).isTrue();
            assertThat(connection.getAutoCommit()).isTrue();
            connection.setReadOnly(true);
            assertThat(connection.isValid(1)).isTrue();
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection).isEqualTo(connection);
            assertThat(first(connection, "SET search_path TO public; SELECT name FROM person"))
                    .isEmpty();
            assertThat(first(connection, "/* a /* b */ */ (SELECT name -- commit\n FROM person)"))
                    .isEqualTo("Ada");
            assertThat(first(connection, "SELECT 'x; COMMIT; y'")).isEqualTo("x; COMMIT; y");
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThat(first(connection, "SHOW transaction_isolation")).isEqualTo("repeatable read");
            Savepoint savepoint = connection.setSavepoint();
            assertThatThrownBy(() -> run(connection, "SELECT 1/0")).isInstanceOf(SQLException.class);
            connection.rollback(savepoint);
            try (PreparedStatement statement = connection.prepareStatement("SELECT name FROM person WHERE id = ?")) {
                statement.setInt(1, 1);
                statement.setFetchSize(1);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("Ada");
                    assertThat(rows.getStatement().getConnection()).isEqualTo(connection);
                }
            }
            try (ResultSet tables = connection.getMetaData().getTables(null, "public", "person", null)) {
                assertThat(tables.next()).isTrue();
            }
        }
    }

    @Test
    void aQueryCanBeCancelledFromAnotherThread() throws Exception {
        try (Connection connection = database.read();
                Statement statement = connection.createStatement()) {
            var asked = Executors.newSingleThreadExecutor();
            try {
                var answer = asked.submit(() -> statement.execute("SELECT pg_sleep(50)"));
                while (!isAsleep()) {
                    Thread.onSpinWait();
                }
                statement.cancel();
                assertThatThrownBy(answer::get).hasMessageContaining("cancel");
            } finally {
                asked.shutdownNow();
            }
        }
    }

    private static Attack attack(String name) {
        return Objects.requireNonNull(ATTACKS.get(name));
    }

    private static Map<String, Attack> attacks() {
        Map<String, Attack> all = new LinkedHashMap<>();
        all.put("an insert", on -> run(on, INSERT));
        all.put("setReadOnly(false)", on -> on.setReadOnly(false));
        String hidden = "/* FROM pg_class;COMMIT;BEGIN\fREAD\fWRITE;" + INSERT.replace(' ', '\f')
                + ";COMMIT;select\foid,relname\ffrom\fpg_class */ SELECT oid, relname FROM pg_class LIMIT 1";
        all.put("what a result sends of itself when a row is read again", on -> {
            try (Statement statement =
                            on.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet rows = statement.executeQuery(hidden)) {
                rows.next();
                rows.refreshRow();
            }
        });
        all.put("what a prepared result sends of itself", on -> {
            try (PreparedStatement statement = on.prepareStatement(
                            hidden,
                            ResultSet.TYPE_SCROLL_INSENSITIVE,
                            ResultSet.CONCUR_UPDATABLE,
                            ResultSet.CLOSE_CURSORS_AT_COMMIT);
                    ResultSet rows = statement.executeQuery()) {
                rows.next();
                rows.refreshRow();
            }
        });
        all.put("setReadOnly(false) within a transaction", on -> {
            on.setAutoCommit(false);
            on.setReadOnly(false);
            run(on, INSERT);
            on.commit();
        });
        for (String sql : List.of(
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
                "SET default_transaction_read_only = off",
                "SELECT set_config('default_transaction_read_only', 'off', false)",
                "SET TRANSACTION READ WRITE",
                "SET transaction_read_only = off",
                "RESET ALL",
                "RESET default_transaction_read_only",
                "DISCARD ALL",
                "SET LOCAL transaction_read_only TO off")) {
            all.put(sql, on -> {
                run(on, sql);
                attempt(() -> run(on, INSERT));
                on.commit();
            });
        }
        for (String ending : List.of(
                "COMMIT",
                "commit work",
                "END",
                "ABORT",
                "ROLLBACK",
                "ROLLBACK AND CHAIN",
                "COMMIT AND CHAIN",
                "COMMIT AND NO CHAIN",
                "PREPARE TRANSACTION 'x'",
                "BEGIN READ WRITE",
                "START TRANSACTION READ WRITE",
                " ;; -- x\n/* /* */ */ COMMIT",
                "SELECT 1; COMMIT",
                "SELECT '\\'' ; COMMIT; -- '")) {
            all.put(ending, on -> {
                attempt(() -> run(on, "SET default_transaction_read_only = off"));
                attempt(() -> run(on, ending));
                attempt(() -> run(on, "SET TRANSACTION READ WRITE"));
                attempt(() -> run(on, "BEGIN READ WRITE"));
                attempt(() -> run(on, INSERT));
                attempt(() -> run(on, "COMMIT"));
            });
            all.put(
                    "several statements with " + ending,
                    on -> run(on, "SET default_transaction_read_only = off; " + ending + "; " + INSERT + "; COMMIT"));
            all.put("a prepared " + ending, on -> {
                try (PreparedStatement statement = on.prepareStatement(ending)) {
                    statement.execute();
                }
                run(on, "SET TRANSACTION READ WRITE");
                run(on, INSERT);
            });
            all.put("a called " + ending, on -> {
                try (CallableStatement statement = on.prepareCall(ending)) {
                    statement.execute();
                }
                run(on, "SET TRANSACTION READ WRITE");
                run(on, INSERT);
            });
            all.put("a batch with " + ending, on -> {
                try (Statement statement = on.createStatement()) {
                    attempt(() -> statement.addBatch("SET default_transaction_read_only = off"));
                    attempt(() -> statement.addBatch(ending));
                    attempt(() -> statement.addBatch(INSERT));
                    attempt(() -> statement.addBatch("COMMIT"));
                    statement.executeBatch();
                }
            });
        }
        all.put("an escape that becomes COMMIT", on -> run(on, "{oj COMMIT}; " + INSERT));
        all.put("a call that hides COMMIT", on -> {
            try (CallableStatement statement =
                    on.prepareCall("{call version(); COMMIT; " + INSERT + "; SELECT version()}")) {
                statement.execute();
            }
        });
        all.put("escapes that are left alone", on -> {
            try (Statement statement = on.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute("SELECT 1; COMMIT; SET TRANSACTION READ WRITE; " + INSERT);
            }
        });
        all.put("strings with backslashes", on -> {
            run(on, "SET standard_conforming_strings = off");
            run(on, "SELECT '\\'' ; COMMIT; " + INSERT + "; -- '");
        });
        all.put("a procedure that commits", on -> run(on, "CALL end_it()"));
        all.put(
                "a block that commits",
                on -> run(
                        on,
                        "DO 'BEGIN COMMIT; SET TRANSACTION READ WRITE; INSERT INTO person VALUES (5, ''x''); END'"));
        all.put("a function", on -> run(on, "SELECT write()"));
        all.put(
                "a query that writes",
                on -> run(on, "WITH x AS (INSERT INTO person VALUES (6, 'x') RETURNING id) SELECT * FROM x"));
        all.put("EXPLAIN ANALYZE", on -> run(on, "EXPLAIN ANALYZE " + INSERT));
        all.put("a prepared statement of the server", on -> {
            run(on, "PREPARE p AS " + INSERT);
            run(on, "EXECUTE p");
        });
        all.put("SELECT INTO", on -> run(on, "SELECT * INTO copied FROM person"));
        all.put("a sequence", on -> run(on, "SELECT nextval('counter')"));
        all.put("setval", on -> run(on, "SELECT setval('counter', 42)"));
        all.put("a large object", on -> run(on, "SELECT lo_create(4242)"));
        all.put("a large object from text", on -> run(on, "SELECT lo_from_bytea(4243, 'x')"));
        all.put("a notification", on -> run(on, "NOTIFY somebody"));
        all.put("truncate", on -> run(on, "TRUNCATE person"));
        all.put("COPY from here", on -> run(on, "COPY person FROM STDIN"));
        all.put("COPY to a program", on -> run(on, "COPY person TO PROGRAM 'true'"));
        all.put("CopyManager", on -> {
            CopyManager copies = on.unwrap(PGConnection.class).getCopyAPI();
            copies.copyIn(
                    "COPY person FROM STDIN",
                    new java.io.ByteArrayInputStream("7\tx\n".getBytes(StandardCharsets.UTF_8)));
        });
        all.put("a cast to the driver's connection", on -> ((PGConnection) on).getCopyAPI());
        all.put(
                "the large objects of the driver",
                on -> on.unwrap(PGConnection.class).getLargeObjectAPI().createLO());
        all.put(
                "the connection of the driver",
                on -> on.unwrap(BaseConnection.class).setReadOnly(false));
        all.put(
                "the connection of a statement",
                on -> on.createStatement().getConnection().setReadOnly(false));
        all.put(
                "the statement of the driver",
                on -> on.createStatement().unwrap(PGStatement.class).getClass().getMethod("getConnection"));
        all.put(
                "the connection of the metadata",
                on -> on.getMetaData().getConnection().setReadOnly(false));
        all.put("the connection of a result", on -> {
            try (Statement statement = on.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1")) {
                Connection other = rows.getStatement().getConnection();
                other.setAutoCommit(false);
                other.setReadOnly(false);
                run(other, INSERT);
                other.commit();
            }
        });
        all.put("the connection of an array", on -> {
            try (Statement statement = on.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT ARRAY[1]")) {
                rows.next();
                rows.getArray(1).getResultSet().getStatement().getConnection().setReadOnly(false);
            }
        });
        all.put("the connection of a cursor", on -> {
            try (Statement statement = on.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT cursor_of()")) {
                rows.next();
                ((ResultSet) rows.getObject(1)).getStatement().getConnection().setReadOnly(false);
            }
        });
        all.put("a row that can be updated", on -> {
            try (Statement statement = on.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                    ResultSet rows = statement.executeQuery("SELECT id, name FROM person")) {
                rows.next();
                rows.updateString(2, "x");
                rows.updateRow();
            }
        });
        all.put("a blob", on -> {
            Blob blob = on.createBlob();
            blob.setBytes(1, new byte[] {1});
        });
        all.put("a schema that is a statement", on -> on.setSchema("public'; COMMIT; " + INSERT + "; --"));
        all.put("the name of the client", on -> {
            Properties properties = new Properties();
            properties.setProperty("ApplicationName", "x'; COMMIT; " + INSERT + "; --");
            on.setClientInfo(properties);
        });
        all.put("a savepoint that is a statement", on -> {
            on.setAutoCommit(false);
            on.setSavepoint("x; COMMIT; " + INSERT);
        });
        all.put("another isolation", on -> {
            on.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            run(on, "SET TRANSACTION READ WRITE");
            run(on, INSERT);
            on.commit();
        });
        all.put("a subtransaction", on -> {
            on.setAutoCommit(false);
            on.setSavepoint();
            run(on, "SET TRANSACTION READ WRITE");
            run(on, INSERT);
            on.commit();
        });
        return all;
    }

    private static boolean isAsleep() throws SQLException {
        return first(
                        observer,
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'")
                .equals("1");
    }

    private interface Try {
        void run() throws Exception;
    }

    /** An attack may be refused or come to nothing; what counts is what the server has afterwards. */
    private static void attempt(Try attempt) {
        try {
            attempt.run();
        } catch (Exception e) {
            assertThat(e).isNotInstanceOf(NullPointerException.class);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            ResultSet rows = statement.getResultSet();
            return rows.next() ? rows.getString(1) : "";
        }
    }

    private static String state() throws SQLException {
        return first(
                observer,
                "SELECT (SELECT string_agg(p::text, ' ' ORDER BY id) FROM person p)"
                        + " || (SELECT last_value || ' ' || is_called FROM counter)"
                        + " || (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
                        + " || ' ' || (SELECT count(*) FROM pg_largeobject_metadata)"
                        + " || ' ' || (SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database())");
    }
}
