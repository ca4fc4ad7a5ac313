package dev.restage.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.plan.Environment;
import dev.restage.plan.Facts;
import dev.restage.plan.ResetPlan;
import dev.restage.recipe.wagtail.Wagtail;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResetMessagesTest {

    private static final Pattern PLACE = Pattern.compile("\\{\\{\\??([^.{}]+)\\.");
    private static final Environment PRODUCTION = Plans.production().build();
    private static final Environment STAGING = Plans.staging().build();
    private static final String COLLEAGUES = ResetMessages.colleagues(PRODUCTION, STAGING);

    private static String told(String text, Map<String, Map<String, String>> facts) {
        return new Facts(facts).fill(text);
    }

    @Test
    void saysWhichEnvironmentIsMeant() {
        assertThat(ResetMessages.colleaguesTitle(STAGING)).isEqualTo("staging was reset from production");
        assertThat(ResetMessages.clientTitle(STAGING)).isEqualTo("Your staging site is fresh");
    }

    @Test
    void statesNothingThatWasNotRecorded() {
        assertThat(told(COLLEAGUES, Map.of())).isEmpty();
        assertThat(told(ResetMessages.client(), Map.of())).isEmpty();
    }

    @Test
    void tellsColleaguesWhatTheyHaveToDoWithTheirBranch() {
        String pushed =
                "- The branch staging is main again. It was force-pushed to abc123: delete your local branch with"
                        + " `git branch -D staging` and fetch.";

        assertThat(told(COLLEAGUES, Map.of("rebuild-branch", Map.of("head.after", "abc123"))))
                .isEqualTo(pushed);
        assertThat(told(
                        COLLEAGUES,
                        Map.of("rebuild-branch", Map.of("merged", "search, footer", "head.after", "abc123"))))
                .isEqualTo(pushed + "\n- Merged again: search, footer");
    }

    @Test
    void tellsColleaguesWhatWasCopiedAndWhatIsGone() {
        assertThat(told(
                                COLLEAGUES,
                                Map.of(
                                        "copy-database",
                                                Map.of("rows", "12", "tables", "3", "masked", "7", "passwords", "2"),
                                        "staging-only-users", Map.of("count", "2", "names", "ada, bob"),
                                        "copy-media", Map.of("objects.copied", "5", "objects.deleted", "1"),
                                        "backup", Map.of("snapshot", "b001")))
                        .lines())
                .containsExactly(
                        "- Database: 12 rows in 3 tables, 7 values masked",
                        "- No password of production works there: all were replaced (columns: 2).",
                        "- Users that only staging had (2): ada, bob",
                        "- Media: 5 objects copied, 1 deleted",
                        "- Backup of what was there before: b001");
    }

    @Test
    void tellsTheClientWhatIsNew() {
        assertThat(told(
                                ResetMessages.client(),
                                Map.of(
                                        "copy-database", Map.of("rows", "12", "replaced", "yes"),
                                        "leak-audit", Map.of("clean", "yes"),
                                        "check-site", Map.of("pages", "8", "hosts", "www.acme.example"),
                                        "rebuild-branch", Map.of("merged", "search")))
                        .lines())
                .containsExactly(
                        "It has the content of your live site again: 12 records were copied.",
                        "Personal data was replaced on the way, and none was found afterwards.",
                        "8 of its pages were read and work.",
                        "None of them links to the live site.",
                        "New features to look at: search",
                        "What was entered there since the last reset is gone.");
    }

    @Test
    void tellsTheClientNothingThatWasNotProved() {
        String client = ResetMessages.client();

        assertThat(told(client, Map.of("copy-database", Map.of("rows", "12"), "leak-audit", Map.of("clean", "yes"))))
                .doesNotContain("ersonal data");
        assertThat(told(client, Map.of("copy-database", Map.of("rows", "12", "replaced", "yes"))))
                .doesNotContain("ersonal data");
        assertThat(told(client, Map.of("check-site", Map.of("pages", "8"))))
                .isEqualTo("8 of its pages were read and work.");
        assertThat(told(client, Map.of("check-ci", Map.of("verdict", "green")))).isEmpty();
    }

    @Test
    void asksOnlyStepsThatAResetHas() {
        ResetPlan plan =
                StagingReset.of(PRODUCTION, STAGING).framework(Wagtail.site()).build();

        assertThat(Plans.names(plan)).containsAll(asked(COLLEAGUES)).containsAll(asked(ResetMessages.client()));
    }

    @Test
    void doesWithoutABranch() {
        Environment bare = Environment.staging("test").build();

        assertThat(told(
                        ResetMessages.colleagues(Environment.production("p").build(), bare),
                        Map.of("staging-only-pages", Map.of("count", "1", "names", "/new/"))))
                .isEqualTo("- Pages that only test had (1): /new/");
    }

    private static Set<String> asked(String text) {
        return PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
