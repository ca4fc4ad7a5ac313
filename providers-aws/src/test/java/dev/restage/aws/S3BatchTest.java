package dev.restage.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.Restage;
import dev.restage.media.MediaSync;
import dev.restage.media.MediaSyncOptions;
import dev.restage.media.MediaSyncOptions.Surplus;
import dev.restage.media.MediaSyncResult;
import dev.restage.plan.CodeStep;
import dev.restage.plan.Environment;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.provider.Address;
import dev.restage.provider.GuardException;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.media.Filtered;
import dev.restage.provider.media.MediaContent;
import dev.restage.provider.media.MediaFilter;
import dev.restage.provider.media.MediaObject;
import dev.restage.provider.media.MediaStore;
import dev.restage.sandbox.s3.S3Control;
import dev.restage.sandbox.s3.S3Operation;
import dev.restage.sandbox.s3.S3Server;
import dev.restage.sandbox.s3.Strike;
import dev.restage.sandbox.s3.model.JobState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class S3BatchTest {

    private static final String ROLE = "arn:aws:iam::" + S3Server.ACCOUNT + ":role/batch";
    private static final MediaSyncOptions MIRROR = MediaSyncOptions.builder()
            .surplus(Surplus.DELETE)
            .maxDeleteShare(1)
            .bulkFrom(3)
            .build();
    private static final List<String> KEYS =
            List.of("a b+c%.jpg", "deep/er/x,y.jpg", "quoted\"\n.jpg", "zo\u0301l\u0142w*~.jpg", "\uD83D\uDE00.jpg");

    private final S3Server server = S3Server.start();
    private final S3Control control = server.startControl();
    private final Instant begun = Instant.now();

    @BeforeEach
    void fill() {
        List.of("production", "staging", "jobs").forEach(server::createBucket);
        KEYS.forEach(key -> server.put("production", "media/" + key, "image/jpeg", bytes(key)));
        server.put("staging", "media/old.jpg", "image/jpeg", bytes("old"));
    }

    @AfterEach
    void stop() {
        control.close();
        server.close();
    }

    @Test
    void copiesByAJobAndDeletesItself() {
        AtomicLong seen = new AtomicLong();

        MediaSyncResult result = sync(MIRROR).run("run-1", begun, (unit, done, total) -> {
            if (unit == Progress.Unit.OBJECTS && total == KEYS.size()) {
                seen.accumulateAndGet(done, Math::max);
            }
        });

        assertThat(server.keys("staging"))
                .containsExactlyInAnyOrderElementsOf(
                        KEYS.stream().map(key -> "media/" + key).toList());
        KEYS.forEach(key -> assertThat(server.get("staging", "media/" + key)).hasValue(bytes(key)));
        assertThat(result.copiedObjects()).isEqualTo(KEYS.size());
        assertThat(result.deletedObjects()).isEqualTo(1);
        assertThat(result.bulkFailures()).isEmpty();
        assertThat(seen).hasValue(KEYS.size());
        assertThat(control.requests().of(S3Operation.CREATE_JOB)).isEqualTo(1);
        assertThat(server.requests().of(S3Operation.COPY_OBJECT)).isZero();
    }

    @Test
    void copiesItselfWhatTheJobCannot() {
        control.failTasks(key -> key.contains("deep") || key.contains("b+c"), 403, "AccessDenied");

        MediaSyncResult result = sync(MIRROR).run("run-1", begun, Progress.NONE);

        assertThat(result.bulkFailures())
                .containsExactlyInAnyOrder(
                        "media/a b+c%.jpg (AccessDenied, 403)", "media/deep/er/x,y.jpg (AccessDenied, 403)");
        assertThat(result.copiedObjects()).isEqualTo(KEYS.size());
        assertThat(sync(MIRROR).compare().isEmpty()).isTrue();
        assertThat(server.requests().of(S3Operation.COPY_OBJECT)).isEqualTo(2);
    }

    @Test
    void makesNoJobForFewObjects() {
        sync(MIRROR.toBuilder().bulkFrom(6).build()).run("run-1", begun, Progress.NONE);

        assertThat(sync(MIRROR).compare().isEmpty()).isTrue();
        assertThat(control.requests().of(S3Operation.CREATE_JOB)).isZero();
        assertThat(server.keys("jobs")).isEmpty();
    }

    @Test
    void findsItsJobAgainAfterACrash() {
        control.failTasks(key -> key.contains("deep"), 500, "InternalError");
        control.stay(JobState.ACTIVE, Duration.ofSeconds(1));
        assertThatThrownBy(() -> sync(MIRROR).run("run-1", begun, (unit, done, total) -> {
                    if (total == KEYS.size()) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");

        MediaSyncResult result = sync(MIRROR).run("run-1", begun, Progress.NONE);

        assertThat(result.copiedObjects()).isEqualTo(KEYS.size());
        assertThat(sync(MIRROR).compare().isEmpty()).isTrue();
        assertThat(jobs()).isEqualTo(1);
        assertThat(manifests()).isEqualTo(1);
    }

    @Test
    void cancelsItsJobWhenItIsInterruptedAndBeginsAnother() {
        control.stay(JobState.PREPARING, Duration.ofSeconds(2));
        interrupt();

        MediaSyncResult result = sync(MIRROR).run("run-1", begun, Progress.NONE);

        assertThat(result.copiedObjects()).isEqualTo(KEYS.size());
        assertThat(sync(MIRROR).compare().isEmpty()).isTrue();
        assertThat(manifests()).isEqualTo(2);
    }

    /** What a filter looks into must not reach the target as it is, not even for a moment. */
    @Test
    void leavesToTheFilterWhatItLooksInto() {
        MediaFilter filter = new MediaFilter() {
            @Override
            public String treatment(String key, long sizeBytes) {
                return key.contains("deep") ? "looked into" : "";
            }

            @Override
            public Filtered apply(MediaObject object, MediaContent content) {
                return Filtered.CLEAN;
            }
        };

        sync(MIRROR).filter(filter).run("run-1", begun, Progress.NONE);

        assertThat(server.keys("jobs").stream().filter(key -> key.endsWith("-1.csv")))
                .singleElement()
                .satisfies(key -> assertThat(new String(server.get("jobs", key).orElseThrow(), StandardCharsets.UTF_8))
                        .contains("production,media/a%20b%2Bc%25.jpg\n")
                        .doesNotContain("deep"));
        assertThat(server.keys("staging")).hasSize(KEYS.size()).contains("media/deep/er/x,y.jpg");
    }

    @Test
    void waitsForAJobThatIsPausedAndNotForOneThatMustBeConfirmed() {
        pretend("Suspended", 1);
        assertThatThrownBy(() -> sync(MIRROR).run("run-1", begun, Progress.NONE))
                .hasMessageContaining("it waits for somebody to confirm it");

        pretend("Paused", 3);
        sync(MIRROR).run("run-1", begun, Progress.NONE);

        assertThat(sync(MIRROR).compare().isEmpty()).isTrue();
        assertThat(manifests()).isEqualTo(1);
    }

    private void pretend(String status, int times) {
        control.faults()
                .rewrite(
                        Strike.next(times, S3Operation.DESCRIBE_JOB),
                        job -> job.replaceFirst("<Status>\\w+<", "<Status>" + status + "<"));
    }

    @Test
    void saysWhyAJobFailed() {
        control.failNextJob("ManifestUnreadable", "the role cannot read the manifest");

        assertThatThrownBy(() -> sync(MIRROR).run("run-1", begun, Progress.NONE))
                .hasMessageContaining("ManifestUnreadable the role cannot read the manifest")
                .hasMessageContaining("s3://staging/media/")
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED));
        assertThat(server.keys("staging")).containsExactly("media/old.jpg");

        sync(MIRROR).run("run-1", begun, Progress.NONE);
        assertThat(sync(MIRROR).compare().isEmpty()).isTrue();
    }

    @Test
    void namesWhatIsMissingBeforeItChangesAnything() {
        MediaStore target = open("s3://staging/media/");

        assertThatThrownBy(() -> MediaSync.between(open("s3://production/media/"), target, MIRROR)
                        .run(Progress.NONE))
                .hasMessageContaining("batchRole")
                .hasMessageContaining("batchBucket")
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE));
        assertThatThrownBy(() -> MediaSync.between(
                                open("s3://production/media/"),
                                open("s3://staging/other/?batchBucket=jobs&batchRole=" + ROLE),
                                MIRROR)
                        .run(Progress.NONE))
                .hasMessageContaining("the same prefix on both sides");
        assertThat(server.keys("staging")).containsExactly("media/old.jpg");
    }

    /** Runs until the job is followed. */
    private void interrupt() {
        Thread runner = new Thread(() -> assertThatThrownBy(() -> sync(MIRROR).run("run-1", begun, Progress.NONE))
                .hasMessageContaining("interrupted"));
        runner.start();
        try {
            while (control.requests().of(S3Operation.DESCRIBE_JOB) < 2) {
                Thread.sleep(5);
            }
            runner.interrupt();
            runner.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(control.requests().of(S3Operation.UPDATE_JOB_STATUS)).isEqualTo(1);
    }

    private int jobs() {
        return (int) server.keys("jobs").stream()
                .filter(key -> key.endsWith("/manifest.json"))
                .count();
    }

    private int manifests() {
        return (int) server.keys("jobs").stream()
                .filter(key -> key.endsWith(".csv") && !key.contains("/results/"))
                .count();
    }

    @Test
    void aStepThatReadsABucketCannotCopyIntoItByAJob(@TempDir Path home) {
        Map<String, String> variables = variables();
        variables.put("RESTAGE_HOME", home.toString());
        Address read = Address.of("s3://production/media/?batchBucket=jobs&batchRole=" + ROLE);
        Address target = Address.of("s3://staging/media/");
        CodeStep sly = Step.of(
                        "copy",
                        context -> context.use(read, MediaStore.class)
                                .bulk(context.use(target, MediaStore.class))
                                .orElseThrow()
                                .copy("token", objects -> {}, Progress.NONE))
                .reading(read)
                .writing(target);
        Environment production = Environment.production("production")
                .media("s3://production/media/")
                .build();
        Environment staging =
                Environment.staging("staging").media(target.toString()).build();
        try (Restage restage = Restage.builder().variables(variables).build()) {
            ResetPlan plan = ResetPlan.builder("sly", production, staging)
                    .add("sly", sly)
                    .build();

            assertThatThrownBy(() -> restage.run(restage.preview(plan)))
                    .hasCauseInstanceOf(GuardException.class)
                    .hasMessageContaining("may not write (copy was called)");
        }
        assertThat(server.keys("jobs")).isEmpty();
    }

    private MediaSync sync(MediaSyncOptions options) {
        return MediaSync.between(
                open("s3://production/media/"),
                open("s3://staging/media/?batchBucket=jobs&batchRole=" + ROLE),
                options);
    }

    private MediaStore open(String address) {
        return Stores.open(new AwsModule(), variables(), address);
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>(Stores.variables(server));
        variables.put("AWS_ENDPOINT_URL_S3_CONTROL", control.endpoint().toString());
        return variables;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
