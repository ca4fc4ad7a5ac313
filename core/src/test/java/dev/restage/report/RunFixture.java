package dev.restage.report;

import dev.restage.plan.Change;
import dev.restage.plan.Decision;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanPreview.StepDecision;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.run.Entry;
import dev.restage.run.Entry.Kind;
import dev.restage.run.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes receipts as the engine does, with times of our choice. */
final class RunFixture {

    static final String RUN = "2026-11-24-0300-k7q2";

    static final Instant START = Instant.parse("2026-11-24T03:00:00Z");

    private record Noted(int second, Kind kind, String step, String name, String value) {}

    private final List<Noted> notes = new ArrayList<>();
    private final List<StepDecision> previews = new ArrayList<>();
    private final ResetPlan.Builder plan = ResetPlan.builder(
            "nightly-reset",
            Environment.production("acme production").build(),
            Environment.staging("acme staging").build());

    RunFixture() {
        notes.add(new Noted(0, Kind.RUN_STARTED, "", "", ""));
    }

    RunFixture step(String name, int from, int to, String... facts) {
        return step(name, from, to, Kind.STEP_DONE, "", facts);
    }

    RunFixture step(String name, int from, int to, Kind end, String value, String... facts) {
        plan.add(name, Step.of(name, context -> {}));
        if (end != Kind.STEP_BLOCKED) {
            note(from, Kind.STEP_STARTED, name, "", "");
        }
        Map<String, String> sorted = new TreeMap<>();
        for (int i = 0; i < facts.length; i += 2) {
            sorted.put(facts[i], facts[i + 1]);
        }
        sorted.forEach((fact, recorded) -> note(to, Kind.FACT, name, fact, recorded));
        return note(to, end, name, "", value);
    }

    RunFixture note(int second, Kind kind, String step, String name, String value) {
        notes.add(new Noted(second, kind, step, name, value));
        return this;
    }

    RunFixture announce(String step, String target, String what, String... remarks) {
        Decision decision = Decision.of(new Change(Address.of(target), what));
        for (String remark : remarks) {
            decision = decision.note(remark);
        }
        previews.add(new StepDecision(step, decision));
        return this;
    }

    ResetPlan plan() {
        return plan.build();
    }

    List<StepDecision> previews() {
        return previews;
    }

    Receipt ended(int second, Kind end) {
        List<Noted> all = new ArrayList<>(notes);
        all.set(0, new Noted(0, Kind.RUN_STARTED, "", "", plan().toJson()));
        all.add(new Noted(second, end, "", "", ""));
        all.sort(Comparator.comparing(Noted::second));
        List<Entry> entries = new ArrayList<>();
        String hash = RUN;
        for (Noted note : all) {
            Entry open = new Entry(
                    entries.size() + 1L,
                    START.plus(Duration.ofSeconds(note.second())),
                    note.kind(),
                    note.step(),
                    note.name(),
                    note.value(),
                    "");
            hash = Receipt.hash(hash, open);
            entries.add(new Entry(open.number(), open.at(), open.kind(), open.step(), open.name(), open.value(), hash));
        }
        return new Receipt(RUN, entries);
    }

    /** A night in which all went well but one warning. */
    static RunFixture staging() {
        return beginning()
                .step(
                        "copy-database",
                        118,
                        522,
                        "tables",
                        "148",
                        "rows",
                        "1284310",
                        "bytes",
                        "2415919104",
                        "masked",
                        "402118",
                        "biggest",
                        "wagtailsearch_indexentry 412 880 rows\ncontent_page 208 114 rows\nauth_user 41 022 rows")
                .note(
                        430,
                        Kind.WARNING,
                        "copy-database",
                        "",
                        "the table legacy_import has no primary key: its rows were copied in file order")
                .step(
                        "rewrite-sites",
                        522,
                        525,
                        "sites.before",
                        "www.acme.example\nshop.acme.example",
                        "sites.after",
                        "staging.acme.example\nshop.staging.acme.example")
                .step("neutralise-outbound", 522, 524, "rows", "14")
                .step(
                        "migrate",
                        525,
                        561,
                        "output",
                        "Operations to perform:\n  Apply all migrations: auth, content, wagtailcore\nRunning migrations:\n  Applying content.0087_card_theme... OK")
                .step("check-migrations", 561, 570, "output", "No changes detected")
                .step("audit-leaks", 525, 588, "columns", "96", "values", "812004", "persons", "500", "found", "0")
                .step(
                        "copy-media",
                        118,
                        604,
                        "objects.copied",
                        "1822",
                        "objects.skipped",
                        "48710",
                        "objects.deleted",
                        "37",
                        "bytes",
                        "731906048")
                .step("purge-redis", 604, 606, "scope", "prefix acme", "purged", "18431")
                .step("purge-cloudflare", 604, 607, "scope", "host staging.acme.example", "purged", "accepted")
                .step("start-workers", 607, 618)
                .step("maintenance-off", 618, 621, "maintenance.before", "on", "maintenance.after", "off")
                .step("check-site", 621, 634, "pages", "12")
                .step("check-ci", 316, 641, "verdict", "passed", "checks", "tests passed\nlint passed")
                .step("compare-after", 588, 590, "rows.after", "1284296")
                .step(
                        "tell-team",
                        641,
                        642,
                        "sent",
                        "yes",
                        "message",
                        "Staging was reset\n- 1284310 rows copied, 402118 values masked\n- branches merged: feature/cards, feature/search\n<!here> please run `git branch -D staging`")
                .announce(
                        "copy-database",
                        "heroku-postgres:acme-staging",
                        "be overwritten by 148 tables with 1 284 310 rows, 402 118 values masked",
                        "the source is read in one transaction")
                .announce("copy-media", "s3://acme-staging-media/media", "get 1 822 objects and lose 37")
                .announce(
                        "rebuild-staging",
                        "github:acme/site#staging",
                        "be main (1f0c2d9) with 2 branches merged",
                        "feature/old is stale: not merged")
                .announce(
                        "purge-cloudflare",
                        "cloudflare:zone/9f2/staging.acme.example",
                        "lose all cached pages of staging.acme.example");
    }

    /** A night in which the copy failed. */
    static RunFixture failed() {
        return beginning()
                .step(
                        "copy-database",
                        118,
                        207,
                        Kind.STEP_FAILED,
                        "copying content_page to heroku-postgres:acme-staging failed: the disk of the target is full"
                                + " (10 of 10 GB); choose a larger plan with heroku addons:upgrade and resume")
                .step("migrate", 207, 207, Kind.STEP_BLOCKED, "copy-database")
                .step("purge-redis", 207, 207, Kind.STEP_BLOCKED, "copy-database")
                .step("copy-media", 118, 264, "objects.copied", "1822", "bytes", "731906048")
                .announce(
                        "copy-database",
                        "heroku-postgres:acme-staging",
                        "be overwritten by 148 tables with 1 284 310 rows");
    }

    private static RunFixture beginning() {
        return new RunFixture()
                .step(
                        "report-branches",
                        0,
                        6,
                        "merged",
                        "feature/nav, fix/footer",
                        "open",
                        "feature/cards, feature/search",
                        "stale",
                        "feature/old",
                        "squashed",
                        "none")
                .step("compare-before", 0, 4, "rows.before", "1190442")
                .step("compare-users", 0, 3, "count", "2", "names", "ada@acme.example, tester@agency.example")
                .step("maintenance-on", 6, 8, "maintenance.before", "off", "maintenance.after", "on")
                .step("stop-workers", 8, 11, "dynos.before", "worker=1", "dynos.after", "worker=0")
                .step("backup-staging", 11, 118, "snapshot", "b142", "bytes", "2147483648")
                .step("reset-repository", 11, 31)
                .step(
                        "rebuild-staging",
                        31,
                        52,
                        "head.before",
                        "9c1185a5c5e9fc54612808977ee8f548b2258d31",
                        "head.after",
                        "be3f0d0b4c1a7a0b4e4a41d4a86a5b6a2bdb57f1",
                        "base",
                        "1f0c2d9a7e",
                        "merged",
                        "feature/cards, feature/search")
                .step("await-deploy", 52, 316, "commit", "be3f0d0b4c1a7a0b4e4a41d4a86a5b6a2bdb57f1")
                .step("lock", 0, 1, "owner", "ci@acme");
    }
}
