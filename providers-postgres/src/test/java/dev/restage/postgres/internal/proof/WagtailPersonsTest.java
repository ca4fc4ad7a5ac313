package dev.restage.postgres.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.Lists;
import dev.restage.masking.ColumnRule;
import dev.restage.masking.MaskingPolicy;
import dev.restage.masking.MaskingPolicy.Strictness;
import dev.restage.masking.ResolvedPolicy;
import dev.restage.masking.TableMasking;
import dev.restage.masking.TableRule;
import dev.restage.masking.TableShape;
import dev.restage.masking.value.ColumnMask;
import dev.restage.masking.value.Mask;
import dev.restage.masking.value.MaskKey;
import dev.restage.masking.value.MaskTarget;
import dev.restage.masking.value.WholeMask;
import dev.restage.postgres.internal.content.Contents;
import dev.restage.postgres.internal.copy.LiveSource;
import dev.restage.postgres.internal.mask.MaskingTransform;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions;
import dev.restage.provider.database.CopyResult;
import dev.restage.recipe.wagtail.Wagtail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sixty invented people of the Wagtail fixture, and the rules that keep them out of a copy. */
class WagtailPersonsTest {

    private static final String FIXTURES = System.getProperty("restage.fixtures", "");

    /** So many that some copies are enough, and so few that enough is masked by which people are known. */
    private static final int TOGETHER = 6;

    /** The author whom this table names is masked in few others: left out with those, nobody knows the name. */
    private static final String ALONE = "wagtailembeds_embed";

    private static CopiedDatabase databases;
    private static Contents contents;
    private static PersonSearch search;

    @BeforeAll
    static void load() throws IOException, SQLException {
        assumeTrue(!FIXTURES.isEmpty(), "no fixtures: set restage.fixtures");
        databases =
                new CopiedDatabase(Files.readString(Path.of(FIXTURES, "wagtail/bakery.sql")) + resource("planted.sql"));
        contents = databases.contents();
        search = new PersonSearch(Person.all(Path.of(FIXTURES, "wagtail/persons.tsv")));
    }

    /** With the types, keys and checks of the live catalog; what is the project's own is declared in the policy here. */
    @Test
    void nothingIsLeftWithoutARule() throws Exception {
        try (LiveSource source = LiveSource.open(databases.source, 18)) {
            assertThat(policy().strictness()).isEqualTo(Strictness.STRICT);
            assertThat(policy().problems(source.contents().shape())).isEmpty();
        }
    }

    @Test
    void nobodyCanBeFoundInAMaskedCopy() throws Exception {
        Proof proof = copied(policy());

        CopyResult.Proof result = proof.check(databases.target::target, 2, Progress.NONE);

        assertThat(result.fingerprints()).isGreaterThan(200);
        try (Connection source = databases.source.read();
                Connection target = databases.target.read()) {
            assertThat(search.in(source)).hasSizeGreaterThan(25);
            assertThat(search.in(target)).isEmpty();
        }
    }

    /**
     * Each rule is left out once, and those that would then keep its columns with it. People come to light by that, and
     * the proof has to name each such column. Rules for which the same ones would keep are left out together: what else
     * is not masked can only make it harder to know somebody.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void aRuleThatIsLeftOutIsNoticed(Set<String> rules) throws Exception {
        Proof proof = copied(without(policy(), rules));
        Map<String, Set<String>> exposed = new TreeMap<>();
        try (Connection target = databases.target.read()) {
            for (String rule : rules) {
                exposed.put(rule, search.in(target, bare(policy(), without(policy(), Set.of(rule)))::contains));
            }
        }

        assertThatThrownBy(() -> proof.check(databases.target::target, 2, Progress.NONE))
                .isInstanceOf(ProviderException.class)
                .satisfies(failure -> {
                    Set<String> named = LeakScanTest.columns(String.valueOf(failure.getMessage()));
                    assertThat(exposed)
                            .allSatisfy((rule, columns) -> assertThat(columns)
                                    .as("where people come to light without " + rule)
                                    .isNotEmpty()
                                    .isSubsetOf(named));
                });
    }

    static Stream<Set<String>> rules() {
        if (FIXTURES.isEmpty()) {
            return Stream.of(Set.of("no fixtures"));
        }
        MaskingPolicy policy = policy();
        Map<String, List<String>> alike = new LinkedHashMap<>();
        texts(policy).forEach(rule -> {
            MaskingPolicy rest = without(policy, Set.of(rule));
            if (bare(policy, rest).stream().anyMatch(WagtailPersonsTest::holdsText)) {
                List<ColumnRule> keeping = new ArrayList<>(policy.columns());
                keeping.removeAll(rest.columns());
                keeping.removeIf(each -> each.toString().equals(rule));
                alike.computeIfAbsent(rule.contains(ALONE) ? rule : keeping.toString(), key -> new ArrayList<>())
                        .add(rule);
            }
        });
        return alike.values().stream()
                .flatMap(rules -> Lists.partition(rules, TOGETHER).stream())
                .map(TreeSet::new);
    }

    private static Stream<String> texts(MaskingPolicy policy) {
        return Stream.concat(policy.columns().stream(), policy.tables().stream())
                .map(Object::toString);
    }

    /** The ready policy, with what this project has besides: a page that names somebody. */
    private static MaskingPolicy policy() {
        return Wagtail.site()
                .content("base_*", "blog_*", "breads_*", "locations_*", "recipes_*", "taggit_*", "simple_*")
                .policy()
                .plus(MaskingPolicy.builder()
                        .mask("locations_locationpage", "body", Mask.json())
                        .build());
    }

    private static MaskingPolicy without(MaskingPolicy policy, Set<String> left) {
        List<ColumnRule> columns = new ArrayList<>(policy.columns());
        List<TableRule> tables = new ArrayList<>(policy.tables());
        columns.removeIf(rule -> left.contains(rule.toString()));
        tables.removeIf(rule -> left.contains(rule.toString()));
        Set<String> open = bare(policy, new MaskingPolicy(columns, tables, Strictness.LENIENT));
        columns.removeIf(rule -> keeps(rule, open));
        return new MaskingPolicy(columns, tables, Strictness.LENIENT);
    }

    private static boolean keeps(ColumnRule rule, Set<String> columns) {
        return rule.mask() instanceof WholeMask.Keep
                && contents.shape().tables().stream()
                        .filter(table -> rule.table().fits(table, contents.shape()))
                        .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column.name()))
                        .anyMatch(name -> columns.contains(name)
                                && (rule.column().equals("*") || name.endsWith("." + rule.column())));
    }

    /** Columns that one policy protects and the other does not. */
    private static Set<String> bare(MaskingPolicy policy, MaskingPolicy rest) {
        Set<String> bare = new TreeSet<>();
        ResolvedPolicy all = policy.resolve(contents.shape());
        ResolvedPolicy others = rest.resolve(contents.shape());
        for (TableShape table : contents.shape().tables()) {
            TableMasking before = all.table(table);
            TableMasking after = others.table(table);
            for (TableShape.Column column : table.columns()) {
                boolean was = !before.carriesRows() || isMasked(before.column(column.name()));
                boolean is = !after.carriesRows() || isMasked(after.column(column.name()));
                if (was && !is) {
                    bare.add(table.name() + "." + column.name());
                }
            }
        }
        return bare;
    }

    /** Rules about dates and numbers alone keep rows together, not people apart: hits of a query that stays behind. */
    private static boolean holdsText(String column) {
        return contents.shape().tables().stream()
                .flatMap(table -> table.columns().stream()
                        .filter(each -> column.equals(table.name() + "." + each.name()))
                        .map(TableShape.Column::type))
                .anyMatch(type -> MaskTarget.of(type, Set.of()).shape().canHoldPersonalData());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(WagtailPersonsTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean isMasked(Optional<ColumnMask> mask) {
        return mask.filter(each -> !each.keeps()).isPresent();
    }

    private static Proof copied(MaskingPolicy policy) throws Exception {
        databases.empty();
        Proof proof = Proof.start(new CopyOptions(policy, Secret.of("key")), contents, Proof.Texts.ALIKE);
        MaskingTransform masks =
                new MaskingTransform(policy.resolve(contents.shape()), MaskKey.of("key"), proof::replaced);
        try (LiveSource source = LiveSource.open(databases.source, 18)) {
            masks.prepare(source);
        }
        databases.copy(contents, proof.watch(masks));
        return proof;
    }
}
