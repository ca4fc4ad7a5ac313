package dev.restage.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.restage.sandbox.internal.Pause;
import dev.restage.sandbox.s3.internal.http.Hashes;
import dev.restage.sandbox.s3.model.Grant;
import dev.restage.sandbox.s3.model.JobState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.CreateJobRequest;
import software.amazon.awssdk.services.s3control.model.JobDescriptor;
import software.amazon.awssdk.services.s3control.model.JobListDescriptor;
import software.amazon.awssdk.services.s3control.model.JobManifest;
import software.amazon.awssdk.services.s3control.model.JobManifestFieldName;
import software.amazon.awssdk.services.s3control.model.JobManifestFormat;
import software.amazon.awssdk.services.s3control.model.JobReportFormat;
import software.amazon.awssdk.services.s3control.model.JobReportScope;
import software.amazon.awssdk.services.s3control.model.JobStatus;
import software.amazon.awssdk.services.s3control.model.RequestedJobStatus;
import software.amazon.awssdk.services.s3control.model.S3ControlException;

class S3ControlTest {

    private static final String ROLE = "arn:aws:iam::111122223333:role/batch";

    private final S3Server server = S3Server.start();
    private final S3Control control = server.startControl();
    private final S3ControlClient client = S3ControlClient.builder()
            .httpClientBuilder(Apache5HttpClient.builder())
            .credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
            .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry())
                    .putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true))
            // The rules of the usual one put the account before the host, which then has no address.
            .endpointProvider(parameters -> CompletableFuture.completedFuture(
                    Endpoint.builder().url(control.endpoint()).build()))
            .region(Region.US_EAST_1)
            .build();

    @BeforeEach
    void fill() {
        server.createBucket("production");
        server.createBucket("staging");
        for (String key : List.of("a b+c%.jpg", "big.jpg", "żółw.jpg")) {
            server.put(
                    "production",
                    key,
                    key.getBytes(StandardCharsets.UTF_8),
                    Map.of("content-type", "image/jpeg", "x-amz-tagging", "team=web"));
        }
    }

    @AfterEach
    void stop() {
        client.close();
        control.close();
        server.close();
    }

    @Test
    void copiesWhatTheManifestNames() {
        manifest("production,a%20b%2Bc%25.jpg\nproduction,%C5%BC%C3%B3%C5%82w.jpg\n");

        JobDescriptor job = ended(create("run-1", builder -> {}));

        assertThat(job.status()).isEqualTo(JobStatus.COMPLETE);
        assertThat(job.progressSummary().totalNumberOfTasks()).isEqualTo(2);
        assertThat(job.progressSummary().numberOfTasksSucceeded()).isEqualTo(2);
        assertThat(server.keys("staging")).contains("media/a b+c%.jpg", "media/żółw.jpg");
        assertThat(server.headers("staging", "media/żółw.jpg"))
                .containsEntry("content-type", "image/jpeg")
                .containsEntry("x-amz-tagging-count", "1");
    }

    @Test
    void goesThroughTheStatesOfAJob() {
        for (JobState state : JobState.values()) {
            control.stay(state, Duration.ofMillis(120));
        }
        manifest("production,big.jpg\n");

        String id = create("run-1", builder -> {});

        Set<JobStatus> seen = new LinkedHashSet<>();
        while (seen.add(describe(id).status()) || !seen.contains(JobStatus.COMPLETE)) {
            Pause.of(Duration.ofMillis(20));
        }
        assertThat(seen)
                .containsSubsequence(
                        JobStatus.NEW,
                        JobStatus.PREPARING,
                        JobStatus.READY,
                        JobStatus.ACTIVE,
                        JobStatus.COMPLETING,
                        JobStatus.COMPLETE);
    }

    @Test
    void makesOneJobForOneToken() {
        manifest("production,big.jpg\n");
        control.faults().dropAfterSuccess(Strike.next(1, S3Operation.CREATE_JOB));

        assertThatThrownBy(() -> create("run-1", builder -> {})).isInstanceOf(SdkClientException.class);
        String first = create("run-1", builder -> {});
        String other = create("run-2", builder -> {});

        assertThat(create("run-1", builder -> {})).isEqualTo(first);
        assertThat(client.listJobs(list -> list.accountId(S3Server.ACCOUNT)).jobs())
                .extracting(JobListDescriptor::jobId)
                .containsExactlyInAnyOrder(first, other);
    }

    @Test
    void reportsWhatFailed() {
        server.copyLimit(8);
        control.failTasks("a b+c%.jpg"::equals, 503, "SlowDown");
        server.put("production", "larger than eight", "text/plain", new byte[9]);
        manifest(
                "production,a%20b%2Bc%25.jpg\nproduction,big.jpg\nproduction,gone\nproduction,larger%20than%20eight\n");

        String id = create("run-1", builder -> {});
        JobDescriptor job = ended(id);

        assertThat(job.status()).isEqualTo(JobStatus.COMPLETE);
        assertThat(job.progressSummary().numberOfTasksFailed()).isEqualTo(3);
        String report = text("reports/job-" + id + "/manifest.json");
        assertThat(report).contains("Report_CSV_20180820", "\"TaskExecutionStatus\":\"failed\"");
        assertThat(results(report))
                .containsExactlyInAnyOrder(
                        "production,big.jpg,,succeeded,200,,Successful",
                        "production,a+b%2Bc%25.jpg,,failed,503,SlowDown,\"The task was told to fail\"",
                        "production,gone,,failed,404,NoSuchKey,\"The specified key does not exist.\"",
                        "production,larger+than+eight,,failed,400,InvalidRequest,\"The specified copy source is larger than the"
                                + " maximum allowable size for a copy source: 8\"");
    }

    @Test
    void runsAsItsRole() {
        control.role(ROLE, Grant.read("production").without("s3:GetObject*"), Grant.write("staging"));
        manifest("production,big.jpg\n");

        JobDescriptor job = ended(create("run-1", builder -> {}));

        assertThat(job.progressSummary().numberOfTasksFailed()).isEqualTo(1);
    }

    @Test
    void failsAsAWhole() {
        control.failNextJob("InternalFailure", "told to");
        manifest("production,big.jpg\n");

        JobDescriptor told = ended(create("run-1", builder -> {}));
        server.put("staging", "manifest.csv", "text/csv", "changed".getBytes(StandardCharsets.UTF_8));
        JobDescriptor changed = ended(create("run-2", builder -> {}));

        assertThat(told.status()).isEqualTo(JobStatus.FAILED);
        assertThat(told.failureReasons().get(0).failureCode()).isEqualTo("InternalFailure");
        assertThat(changed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(changed.failureReasons().get(0).failureReason()).contains("ETag");
        assertThat(server.keys("staging")).doesNotContain("media/big.jpg");
    }

    @Test
    void givesUpWhenHalfOfManyFail() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1500; i++) {
            lines.append("production,missing-").append(i).append('\n');
        }
        manifest(lines.toString());

        JobDescriptor job = ended(create("run-1", builder -> {}));

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.progressSummary().numberOfTasksFailed()).isEqualTo(1000);
    }

    @Test
    void waitsForConfirmationAndCanBeCancelled() {
        manifest("production,big.jpg\n");
        String confirmed = create("run-1", builder -> builder.confirmationRequired(true));
        String cancelled = create("run-2", builder -> builder.confirmationRequired(true));
        await(confirmed, JobStatus.SUSPENDED);
        await(cancelled, JobStatus.SUSPENDED);

        update(confirmed, RequestedJobStatus.READY);
        update(cancelled, RequestedJobStatus.CANCELLED);

        assertThat(ended(confirmed).status()).isEqualTo(JobStatus.COMPLETE);
        assertThat(ended(cancelled).status()).isEqualTo(JobStatus.CANCELLED);
        assertThatThrownBy(() -> update(confirmed, RequestedJobStatus.CANCELLED))
                .isInstanceOfSatisfying(
                        S3ControlException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("JobStatusException"));
    }

    @Test
    void generatesItsManifest() {
        CreateJobRequest request = request("run-1").toBuilder()
                .manifest((JobManifest) null)
                .manifestGenerator(generator ->
                        generator.s3JobManifestGenerator(of -> of.sourceBucket("arn:aws:s3:::production")
                                .enableManifestOutput(false)
                                .filter(filter -> filter.keyNameConstraint(names -> names.matchAnySuffix("g.jpg"))
                                        .objectSizeLessThanBytes(100L))))
                .build();

        JobDescriptor job = ended(client.createJob(request).jobId());

        assertThat(job.status()).isEqualTo(JobStatus.COMPLETE);
        assertThat(server.keys("staging")).contains("media/big.jpg").doesNotContain("media/żółw.jpg");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertFails(404, "NoSuchJob", () -> describe("none"));
        assertFails(
                403,
                "AccessDenied",
                () -> client.describeJob(
                        describe -> describe.accountId("999999999999").jobId("none")));
        control.faults().slowDown(Strike.next(1, S3Operation.DESCRIBE_JOB));
        assertFails(503, "SlowDown", () -> describe("none"));
    }

    private void manifest(String csv) {
        server.put("staging", "manifest.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8));
        etag = Hashes.md5(csv.getBytes(StandardCharsets.UTF_8));
    }

    private String etag = "";

    private CreateJobRequest request(String token) {
        return CreateJobRequest.builder()
                .accountId(S3Server.ACCOUNT)
                .confirmationRequired(false)
                .clientRequestToken(token)
                .priority(10)
                .roleArn(ROLE)
                .operation(operation -> operation.s3PutObjectCopy(
                        copy -> copy.targetResource("arn:aws:s3:::staging").targetKeyPrefix("media/")))
                .manifest(manifest -> manifest.spec(
                                spec -> spec.format(JobManifestFormat.S3_BATCH_OPERATIONS_CSV_20180820)
                                        .fields(JobManifestFieldName.BUCKET, JobManifestFieldName.KEY))
                        .location(location -> location.objectArn("arn:aws:s3:::staging/manifest.csv")
                                .eTag(etag)))
                .report(report -> report.enabled(true)
                        .bucket("arn:aws:s3:::staging")
                        .prefix("reports")
                        .format(JobReportFormat.REPORT_CSV_20180820)
                        .reportScope(JobReportScope.ALL_TASKS))
                .build();
    }

    private String create(String token, Consumer<CreateJobRequest.Builder> change) {
        CreateJobRequest.Builder builder = request(token).toBuilder();
        change.accept(builder);
        return client.createJob(builder.build()).jobId();
    }

    private JobDescriptor describe(String id) {
        return client.describeJob(
                        describe -> describe.accountId(S3Server.ACCOUNT).jobId(id))
                .job();
    }

    private void update(String id, RequestedJobStatus status) {
        client.updateJobStatus(
                update -> update.accountId(S3Server.ACCOUNT).jobId(id).requestedJobStatus(status));
    }

    private JobDescriptor ended(String id) {
        return await(id, JobStatus.COMPLETE, JobStatus.FAILED, JobStatus.CANCELLED);
    }

    private JobDescriptor await(String id, JobStatus... wanted) {
        Instant deadline = Instant.now().plusSeconds(20);
        JobDescriptor job = describe(id);
        while (!List.of(wanted).contains(job.status())) {
            assertThat(Instant.now()).as("still %s", job.status()).isBefore(deadline);
            Pause.of(Duration.ofMillis(20));
            job = describe(id);
        }
        return job;
    }

    private List<String> results(String manifest) {
        List<String> lines = new ArrayList<>();
        for (String key : server.keys("staging")) {
            if (key.endsWith(".csv") && manifest.contains("\"" + key + "\"")) {
                lines.addAll(text(key).lines().toList());
            }
        }
        return lines;
    }

    private String text(String key) {
        return new String(server.get("staging", key).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static void assertFails(int status, String code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(S3ControlException.class, e -> {
            assertThat(e.statusCode()).isEqualTo(status);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }
}
