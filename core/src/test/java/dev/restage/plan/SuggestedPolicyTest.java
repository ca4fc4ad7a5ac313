package dev.restage.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.restage.masking.DatabaseShape;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableShape;
import dev.restage.masking.TableShape.Column;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskTarget;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.database.Database;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read of a database to propose rules, and what is said where nothing can be read. */
class SuggestedPolicyTest {

    private final List<String> queries = new ArrayList<>();
    private final Connection connection = mock(Connection.class);
    private final Database database = mock(Database.class, "db:acme");

    @BeforeEach
    void connect() throws SQLException {
        when(database.read()).thenReturn(connection);
        DatabaseMetaData data = mock(DatabaseMetaData.class);
        when(data.getUserName()).thenReturn("rea\"der");
        when(connection.getMetaData()).thenReturn(data);
    }

    @Test
    void proposesByTheValuesThatItSeesAndShowsNone() throws SQLException {
        shape(table("public", "customer", "contact"));
        answers("ada@engine.example", "grace@navy.example", null);

        SuggestedPolicy policy =
                SuggestedPolicy.of(database, MaskingPolicy.builder().build());

        assertThat(policy.yaml())
                .contains("public.customer", "mask: \"email\"", "reason:")
                .doesNotContain("ada@", "grace@");
        assertThat(policy).hasToString(policy.yaml());
        assertThat(PolicyText.read(policy.yaml())).isEqualTo(policy.policy());
    }

    @Test
    void readsAFewValuesOfAFewRowsAndQuotesNames() throws SQLException {
        shape(table("pub\"lic", "Cust omer", "con\"tact"));
        answers();

        SuggestedPolicy.of(database, MaskingPolicy.builder().build());

        assertThat(queries)
                .isNotEmpty()
                .allSatisfy(query -> assertThat(query)
                        .contains(
                                "FROM \"pub\"\"lic\".\"Cust omer\" LIMIT 2000", "\"con\"\"tact\" IS NOT NULL LIMIT 200")
                        .startsWith("SELECT left(CAST(\"con\"\"tact\" AS text), 2000)"));
    }

    @Test
    void asksForNoValueOfAColumnThatHasARule() throws SQLException {
        shape(table("public", "customer", "contact"));
        answers("ada@engine.example");

        SuggestedPolicy policy = SuggestedPolicy.of(
                database,
                MaskingPolicy.builder()
                        .mask("customer", "contact", Mask.email("example.com"))
                        .build());

        assertThat(policy.policy().columns()).isEmpty();
    }

    @Test
    void namesAllTablesThatAreClosedWithTheGrantsThatOpenThem() throws SQLException {
        shape(table("public", "customer", "contact"), table("public", "order", "note"), table("crm", "lead", "name"));
        fails("42501");

        assertThatThrownBy(() ->
                        SuggestedPolicy.of(database, MaskingPolicy.builder().build()))
                .hasMessage(
                        "\"rea\"\"der\" cannot read 3 tables of db:acme, so no rule can be proposed from their values:"
                                + " GRANT USAGE ON SCHEMA \"crm\" TO \"rea\"\"der\";"
                                + " GRANT SELECT ON TABLE \"crm\".\"lead\" TO \"rea\"\"der\";"
                                + " GRANT USAGE ON SCHEMA \"public\" TO \"rea\"\"der\";"
                                + " GRANT SELECT ON TABLE \"public\".\"customer\", \"public\".\"order\" TO \"rea\"\"der\"")
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.DENIED, ProviderException::kind);
    }

    @Test
    void tellsAnyOtherFailureWithItsStateAndNotWithItsText() throws SQLException {
        shape(table("public", "customer", "contact"));
        fails("57014");

        assertThatThrownBy(() ->
                        SuggestedPolicy.of(database, MaskingPolicy.builder().build()))
                .hasMessage(
                        "cannot read values of public.customer of db:acme (SQLSTATE 57014); check that the role may read it")
                .hasNoCause()
                .asInstanceOf(type(ProviderException.class))
                .returns(Kind.FAILED, ProviderException::kind);
    }

    @Test
    void closesItsConnection() throws SQLException {
        shape(table("public", "customer", "contact"));
        answers();
        boolean[] closed = new boolean[1];
        org.mockito.Mockito.doAnswer(call -> closed[0] = true).when(connection).close();

        SuggestedPolicy.of(database, MaskingPolicy.builder().build());

        assertThat(closed[0]).isTrue();
    }

    private void shape(TableShape... tables) {
        when(database.shape()).thenReturn(new DatabaseShape(List.of(tables)));
    }

    private void answers(@org.jspecify.annotations.Nullable String... values) throws SQLException {
        when(connection.createStatement()).thenAnswer(any -> {
            Statement statement = mock(Statement.class);
            when(statement.executeQuery(anyString())).thenAnswer(call -> {
                queries.add(call.getArgument(0));
                Iterator<String> rest = java.util.Arrays.asList(values).stream()
                        .filter(value -> value != null)
                        .iterator();
                ResultSet rows = mock(ResultSet.class);
                when(rows.next()).thenAnswer(next -> rest.hasNext());
                when(rows.getString(1)).thenAnswer(next -> rest.next());
                return rows;
            });
            return statement;
        });
    }

    private void fails(String state) throws SQLException {
        when(connection.createStatement()).thenAnswer(any -> {
            Statement statement = mock(Statement.class);
            when(statement.executeQuery(anyString()))
                    .thenThrow(new SQLException("ERROR near ada@engine.example", state));
            return statement;
        });
    }

    private static TableShape table(String schema, String name, String... columns) {
        List<Column> all = new ArrayList<>();
        for (String column : columns) {
            all.add(new Column(column, "text", MaskTarget.of("text", Set.of()), null));
        }
        return new TableShape(schema, name, name, all, List.of(), List.of(), List.of());
    }
}
