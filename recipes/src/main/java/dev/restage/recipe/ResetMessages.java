package dev.restage.recipe;

import dev.restage.plan.Environment;
import dev.restage.provider.Address;

/**
 * The texts of the usual messages. Each line names the fact that it states or the proof that it rests on, so a line about a phase
 * that was left out, or found nothing to prove, is not sent.
 */
final class ResetMessages {

    private ResetMessages() {}

    static String colleaguesTitle(Environment staging) {
        return staging.name() + " was reset from production";
    }

    static String colleagues(Environment production, Environment staging) {
        Address code = staging.code();
        String branch = code == null ? "" : code.fragment();
        Address base = production.code();
        return """
                - The branch %1$s is %2$s again. It was force-pushed to {{rebuild-branch.head.after}}: delete your local branch \
                with `git branch -D %1$s` and fetch.
                - Merged again: {{rebuild-branch.merged}}
                - Merged before and too old to be merged again: {{branch-report.stale}}
                - Already in %2$s as a squashed commit: {{branch-report.squashed}}
                - Database: {{copy-database.rows}} rows in {{copy-database.tables}} tables, {{copy-database.masked}} \
                values masked
                - No password of production works there: all were replaced (columns: {{copy-database.passwords}}).
                - Users that only %3$s had ({{staging-only-users.count}}): {{staging-only-users.names}}
                - Pages that only %3$s had ({{staging-only-pages.count}}): {{staging-only-pages.names}}
                - Leak audit: {{leak-audit.persons}} addresses, names and numbers searched in {{leak-audit.columns}} columns, \
                {{leak-audit.found}} found
                - Media: {{copy-media.objects.copied}} objects copied, {{copy-media.objects.deleted}} deleted
                - Checks of the new commit: {{check-ci.verdict}}
                - Backup of what was there before: {{backup.snapshot}}""".formatted(branch, base == null ? "" : base.fragment(), staging.name());
    }

    static String clientTitle(Environment staging) {
        return "Your " + staging.name() + " site is fresh";
    }

    static String client() {
        return """
                It has the content of your live site again: {{copy-database.rows}} records were copied.
                Personal data was replaced on the way, and none was found afterwards.{{?copy-database.replaced}}{{?leak-audit.clean}}
                {{check-site.pages}} of its pages were read and work.
                None of them links to the live site.{{?check-site.hosts}}
                New features to look at: {{rebuild-branch.merged}}
                What was entered there since the last reset is gone.{{?copy-database.rows}}""";
    }
}
