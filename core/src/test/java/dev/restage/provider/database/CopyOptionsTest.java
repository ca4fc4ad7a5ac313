package dev.restage.provider.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.masking.MaskingPolicy;
import dev.restage.provider.Secret;
import dev.restage.provider.database.CopyOptions.Extra;
import dev.restage.provider.database.CopyOptions.Orphans;
import dev.restage.provider.database.CopyOptions.Proof;
import dev.restage.provider.database.CopyOptions.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a database is copied, and what is said of it. */
class CopyOptionsTest {

    private static final MaskingPolicy POLICY = MaskingPolicy.builder().build();
    private static final CopyOptions USUAL = new CopyOptions(POLICY, Secret.of("k3y"));
    private static final SnapshotId BEFORE = new SnapshotId("b142");

    @Test
    void theUsualCopyProvesEverythingAndRefusesWhatCannotHold() {
        assertThat(USUAL.proof()).isEqualTo(Proof.FULL);
        assertThat(USUAL.orphans()).isEqualTo(Orphans.REFUSE);
        assertThat(USUAL.storage()).isEqualTo(Storage.FAST);
        assertThat(USUAL.workers()).isZero();
        assertThat(USUAL.extras()).isEmpty();
        assertThat(USUAL.before()).isNull();
        assertThat(USUAL.remembered()).isEmpty();
    }

    @Test
    void changesOneThingAndLeavesTheOthers() {
        CopyOptions all = full();

        assertThat(all.before(BEFORE)).isEqualTo(with(all, BEFORE, all.without(), all.orphans(), all.remembered()));
        assertThat(all.without(List.of("VIEW public.v")))
                .isEqualTo(with(all, all.before(), List.of("VIEW public.v"), all.orphans(), all.remembered()));
        assertThat(all.orphans(Orphans.REFUSE))
                .isEqualTo(with(all, all.before(), all.without(), Orphans.REFUSE, all.remembered()));
        assertThat(all.remembering(Map.of("mode", "off")))
                .isEqualTo(with(all, all.before(), all.without(), all.orphans(), Map.of("mode", "off")));
        assertThat(all.before(null).before()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void refusesFewerWorkersThanNone(int workers) {
        assertThatThrownBy(() -> options(Set.of(), workers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("workers is %d; write 0 for as many as can be spared", workers);
    }

    @Test
    void keepsItsCollectionsWhateverBecomesOfThem() {
        Set<Extra> extras = EnumSet.of(Extra.OWNERS);
        CopyOptions options = options(extras, 1);
        extras.clear();

        assertThat(options.extras()).containsExactly(Extra.OWNERS);
        assertThatThrownBy(() -> options.extras().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> options.remembered().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void doesNotPrintItsKey() {
        assertThat(USUAL.toString()).contains("***").doesNotContain("k3y");
    }

    @Test
    void aResultCountsItsRows() {
        CopyResult result = new CopyResult(
                Map.of("public.a", 7L, "public.b", 5_000_000_000L), 100, 3, CopyResult.Proof.NONE, List.of(), null);

        assertThat(result.totalRows()).isEqualTo(5_000_000_007L);
        assertThat(new CopyResult(Map.of(), 0, 0, CopyResult.Proof.NONE, List.of(), null).totalRows())
                .isZero();
    }

    @Test
    void aDatabaseCountsItsRowsAndKeepsItsTables() {
        List<DatabaseInfo.Table> tables = new ArrayList<>(List.of(
                new DatabaseInfo.Table("public", "a", 7, 8192), new DatabaseInfo.Table("public", "b", 11, 8192)));
        DatabaseInfo info = new DatabaseInfo("Server 15.8", 15, 16_384, new HashMap<>(Map.of("hstore", "1.8")), tables);

        tables.clear();

        assertThat(info.rows()).isEqualTo(18);
        assertThat(info.extensions()).containsEntry("hstore", "1.8");
    }

    @Test
    void aRefusalIsOneProblemAndNoNote() {
        assertThat(CopyCheck.refused("no room")).isEqualTo(new CopyCheck(List.of("no room"), List.of()));
    }

    @Test
    void whatIsIncompleteSaysSinceWhenAndWhereItsStateBeforeIs() {
        Instant since = Instant.parse("2026-11-24T03:00:00Z");

        assertThat(new Incomplete(since, "a copy of prod", BEFORE, Map.of("mode", "off")))
                .hasToString("is incomplete since 2026-11-24T03:00:00Z, not yet a copy of prod; its state before is the"
                        + " snapshot b142")
                .returns(java.util.Optional.of("off"), incomplete -> incomplete.remembered("mode"))
                .returns(java.util.Optional.empty(), incomplete -> incomplete.remembered("formation"));
        assertThat(new Incomplete(since, "a copy of prod", null, Map.of()).toString())
                .endsWith("; it held nothing before");
    }

    private static CopyOptions full() {
        return new CopyOptions(
                POLICY,
                Secret.of("k3y"),
                Set.of(Extra.OWNERS, Extra.PRIVILEGES),
                List.of("public.log"),
                List.of("COMMENT *"),
                Map.of("public.orders", "year > 2020"),
                Storage.AS_SOURCE,
                3,
                Proof.COUNTS,
                Orphans.KEEP,
                new SnapshotId("b1"),
                Map.of("formation", "worker=1"));
    }

    private static CopyOptions options(Set<Extra> extras, int workers) {
        return new CopyOptions(
                POLICY,
                Secret.of("k"),
                extras,
                List.of(),
                List.of(),
                Map.of(),
                Storage.FAST,
                workers,
                Proof.FULL,
                Orphans.REFUSE,
                null,
                Map.of());
    }

    private static CopyOptions with(
            CopyOptions all,
            @org.jspecify.annotations.Nullable SnapshotId before,
            List<String> without,
            Orphans orphans,
            Map<String, String> remembered) {
        return new CopyOptions(
                all.policy(),
                all.key(),
                all.extras(),
                all.withoutRows(),
                without,
                all.where(),
                all.storage(),
                all.workers(),
                all.proof(),
                orphans,
                before,
                remembered);
    }
}
