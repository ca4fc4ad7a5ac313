package dev.restage.postgres.internal.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.Condition;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.TableRule.Rows;
import dev.restage.masking.TableSelector;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.WholeMask;
import dev.restage.postgres.internal.content.RowSink;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskingTransformTest {

    private static final RowSink NOWHERE = (buffer, from, length) -> {};
    private static final Condition STAFF = Condition.endsWith("email", "@acme.example");

    private final RowsInMemory people = new RowsInMemory()
            .with(
                    "person",
                    List.of("id", "email", "name", "note"),
                    "1\tann@acme.example\tAnn\t",
                    "2\tbob@home.example\tBob\\tB.\t\\N",
                    "3\t\\N\tEve\tSays \\\\N")
            .with("letter", List.of("id", "person>person", "text"), "1\t2\tDear", "2\t3\tBye")
            .with("member", List.of("person_id"), "2", "\\N", "3");

    @Test
    void onlyMaskedValuesChangeAndAllElseIsTheBytesItWas() throws Exception {
        MaskingTransform transform = prepared(MaskingPolicy.builder().mask("person", "name", Mask.constant("a\tb\\")));

        assertThat(people.through(transform, "person"))
                .containsExactly(
                        "1\tann@acme.example\ta\\tb\\\\\t",
                        "2\tbob@home.example\ta\\tb\\\\\t\\N",
                        "3\t\\N\ta\\tb\\\\\tSays \\\\N");
        assertThat(transform.maskedValues()).isEqualTo(3);
    }

    @Test
    void missingAndEmptyValuesStayWhatTheyAre() throws Exception {
        MaskingTransform transform = prepared(MaskingPolicy.builder()
                .mask("person", "email", Mask.constant("x"))
                .mask("person", "note", Mask.toNull()));

        assertThat(people.through(transform, "person"))
                .containsExactly("1\tx\tAnn\t", "2\tx\tBob\\tB.\t\\N", "3\t\\N\tEve\t\\N");
    }

    @Test
    void tableWhoseColumnsAreAllKeptIsNotLookedThrough() {
        MaskingTransform transform = prepared(MaskingPolicy.builder().keep("person", "*"));

        assertThat(transform.before(people.table("person"), NOWHERE)).isSameAs(NOWHERE);
    }

    @Test
    void noRowsOfATableAreCarriedNorThoseThatReferToIt() throws Exception {
        MaskingTransform alone = prepared(rows("person", new Rows.None()));
        assertThat(people.through(alone, "person")).isEmpty();
        assertThat(people.through(alone, "letter")).hasSize(2);

        MaskingTransform both = prepared(rows("person", new Rows.NoneNorReferring()));
        assertThat(people.through(both, "person")).isEmpty();
        assertThat(people.through(both, "letter")).containsExactly("1\t\\N\tDear", "2\t\\N\tBye");
    }

    @Test
    void rowsAreCarriedWhereAConditionHolds() throws Exception {
        assertThat(ids(STAFF)).containsExactly("1");
        assertThat(ids(Condition.not(STAFF))).containsExactly("2", "3");
        assertThat(ids(new Condition.IsNull("email"))).containsExactly("3");
        assertThat(ids(new Condition.IsNull("note"))).containsExactly("2");
        assertThat(ids(Condition.in("name", "Bob\tB.", "Eve"))).containsExactly("2", "3");
        assertThat(ids(new Condition.Matches("note", ".*\\\\N"))).containsExactly("3");
        assertThat(ids(Condition.and(Condition.not(STAFF), Condition.in("id", "1", "2"))))
                .containsExactly("2");
        assertThat(ids(Condition.or(STAFF, Condition.in("id", "3")))).containsExactly("1", "3");
    }

    @Test
    void exemptRowsPassUnmasked() throws Exception {
        MaskingTransform transform =
                prepared(rows("person", new Rows.Exempt(STAFF)).mask("person", "name", Mask.constant("x")));

        assertThat(people.through(transform, "person"))
                .containsExactly("1\tann@acme.example\tAnn\t", "2\tbob@home.example\tx\t\\N", "3\t\\N\tx\tSays \\\\N");
    }

    @Test
    void rowsAreFoundByTheValuesOfAnotherTable() throws Exception {
        Condition member = new Condition.Found("id", "member", "person_id");

        assertThat(ids(member)).containsExactly("2", "3");
        assertThat(ids(Condition.not(member))).containsExactly("1");
    }

    @Test
    void aLookupDecidesWhichRowsAreExempt() throws Exception {
        RowsInMemory source = new RowsInMemory()
                .with("person", List.of("id", "name"), "1\tAnn", "2\tBob")
                .with("member", List.of("person_id"), "2");
        Condition member = new Condition.Found("id", "member", "person_id");
        for (Condition condition : List.of(member, Condition.not(Condition.not(member)))) {
            MaskingTransform exempt = new MaskingTransform(
                    rows("person", new Rows.Exempt(condition))
                            .mask("person", "name", Mask.constant("x"))
                            .build()
                            .resolve(source.shape()),
                    MaskKey.of("key"),
                    MaskListener.NONE);
            exempt.prepare(source);
            assertThat(source.through(exempt, "person")).containsExactly("1\tx", "2\tBob");
        }
    }

    @Test
    void columnsThatReferFollowTheMaskOfTheirKey() throws Exception {
        MaskingTransform transform = prepared(
                MaskingPolicy.builder().mask("person", "id", Mask.hash()).lenient());

        List<String> keys = column(people.through(transform, "person"), 0);
        List<String> references = column(people.through(transform, "letter"), 1);
        assertThat(references).containsExactly(keys.get(1), keys.get(2));
        assertThat(keys).doesNotContain("1", "2", "3").doesNotHaveDuplicates();
    }

    @Test
    void listenerHearsOfWhatChangedOnly() throws Exception {
        List<String> heard = new ArrayList<>();
        MaskingTransform transform = new MaskingTransform(
                MaskingPolicy.builder()
                        .mask("person", "name", Mask.constant("Eve"))
                        .mask("person", "note", Mask.toNull())
                        .build()
                        .resolve(people.shape()),
                MaskKey.of("key"),
                (table, column, original, masked) -> heard.add(column + " " + original + " " + masked));

        people.through(transform, "person");

        assertThat(heard).containsExactly("name Ann Eve", "name Bob\tB. Eve", "note Says \\N null");
    }

    @Test
    void maskThatFailsNamesTheColumnAndNotTheValue() {
        RowsInMemory source = new RowsInMemory().with("person", List.of("id", "data"), "1\t\"secret");
        MaskingTransform transform = new MaskingTransform(
                MaskingPolicy.builder()
                        .mask("person", "data", new WholeMask.Hstore(List.of()))
                        .build()
                        .resolve(source.shape()),
                MaskKey.of("key"),
                MaskListener.NONE);

        assertThatThrownBy(() -> source.through(transform, "person"))
                .hasMessageContaining("public.person.data")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void threadsShareATransform() throws Exception {
        RowsInMemory source = new RowsInMemory().with("person", List.of("name"), thousand());
        MaskingTransform transform = new MaskingTransform(
                MaskingPolicy.builder()
                        .mask("person", "name", Mask.hash())
                        .build()
                        .resolve(source.shape()),
                MaskKey.of("key"),
                MaskListener.NONE);
        List<String> expected = source.through(transform, "person");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<List<String>> task = () -> source.through(transform, "person");
            for (Future<List<String>> result : threads.invokeAll(Collections.nCopies(8, task))) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(transform.maskedValues()).isEqualTo(9000);
    }

    private static String[] thousand() {
        return IntStream.range(0, 1000).mapToObj(i -> "person " + i).toArray(String[]::new);
    }

    private List<String> ids(Condition condition) throws SQLException, IOException {
        return column(people.through(prepared(rows("person", new Rows.Where(condition))), "person"), 0);
    }

    private static List<String> column(List<String> rows, int place) {
        return rows.stream().map(row -> row.split("\t", -1)[place]).toList();
    }

    private static MaskingPolicy.Builder rows(String table, Rows rows) {
        return MaskingPolicy.builder().rows(TableSelector.named(table), rows);
    }

    private MaskingTransform prepared(MaskingPolicy.Builder policy) {
        MaskingTransform transform =
                new MaskingTransform(policy.build().resolve(people.shape()), MaskKey.of("key"), MaskListener.NONE);
        try {
            transform.prepare(people);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
        return transform;
    }
}
