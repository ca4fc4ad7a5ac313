package dev.restage.aws;

import com.google.common.base.Throwables;
import dev.restage.aws.internal.wire.S3Headers;
import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.media.BulkCopier;
import dev.restage.provider.media.MediaObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.s3control.model.CreateJobRequest;
import software.amazon.awssdk.services.s3control.model.JobDescriptor;
import software.amazon.awssdk.services.s3control.model.JobManifestFieldName;
import software.amazon.awssdk.services.s3control.model.JobManifestFormat;
import software.amazon.awssdk.services.s3control.model.JobProgressSummary;
import software.amazon.awssdk.services.s3control.model.JobReportFormat;
import software.amazon.awssdk.services.s3control.model.JobReportScope;
import software.amazon.awssdk.services.s3control.model.JobStatus;
import software.amazon.awssdk.services.s3control.model.RequestedJobStatus;

/** Copies between two buckets by a job of S3 Batch Operations. */
final class S3Batch implements BulkCopier {

    /** Where manifests and reports lie. */
    static final String FOLDER = "restage-batch/";

    /** How often a job is made for the same work, after one that has failed or was cancelled. */
    private static final int ATTEMPTS = 3;

    private static final Set<JobStatus> DEAD =
            Set.of(JobStatus.FAILING, JobStatus.FAILED, JobStatus.CANCELLING, JobStatus.CANCELLED);

    private static final int SAMPLES = 5;
    private static final int PRIORITY = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final S3MediaStore source;
    private final S3MediaStore target;
    private final S3BatchSettings settings;
    private final String account;
    private final String bucket;

    S3Batch(S3MediaStore source, S3MediaStore target, S3BatchSettings settings) {
        settings.check(target.location());
        // A job cannot take the beginning of a key away.
        if (!source.location().prefix().equals(target.location().prefix())) {
            throw S3BatchSettings.unsupported(
                    target.location(),
                    "a job leaves keys as they are, and the source's prefix is \"%s\"; use the same prefix on both sides"
                            .formatted(source.location().prefix()));
        }
        this.source = source;
        this.target = target;
        this.settings = settings;
        this.account = settings.account();
        this.bucket = Objects.requireNonNull(settings.bucket());
    }

    @Override
    public boolean takes(MediaObject object) {
        // An empty one may be a redirect, which no copy keeps by itself.
        return object.sizeBytes() > 0
                && object.sizeBytes() <= target.access().config().maxCopyBytes();
    }

    @Override
    public boolean begun(String token) {
        return errors("look for a job's manifest", () -> S3Manifest.etag(client(), bucket, manifest(token + "-1")))
                != null;
    }

    @Override
    public Outcome copy(String token, Consumer<Consumer<MediaObject>> objects, Progress progress) {
        for (int attempt = 1; ; attempt++) {
            String name = token + "-" + attempt;
            boolean before =
                    errors("look for a job's manifest", () -> S3Manifest.etag(client(), bucket, manifest(name)))
                            != null;
            String etag = errors("write a job's manifest", () -> written(name, objects));
            if (etag.isEmpty()) {
                throw failed("", "there is nothing to copy any more; run again", null);
            }
            String job = errors("make a job", () -> create(name, etag));
            // What ended badly in a run before this one must not fail this one as well.
            if (!before || attempt == ATTEMPTS || !DEAD.contains(look(job).status())) {
                return follow(name, job, progress);
            }
        }
    }

    /** The ETag of the manifest; the one that is there stays as it is, since the job may have read it. */
    private String written(String name, Consumer<Consumer<MediaObject>> objects) {
        String before = S3Manifest.etag(client(), bucket, manifest(name));
        if (before != null) {
            return before;
        }
        try (S3Manifest manifest = new S3Manifest(client(), bucket, manifest(name), source.location())) {
            objects.accept(manifest::add);
            return manifest.objects() == 0 ? "" : manifest.finish();
        }
    }

    /** A second call with the same name returns the same job. */
    private String create(String name, String etag) {
        return control()
                .createJob(CreateJobRequest.builder()
                        .accountId(account)
                        .clientRequestToken(name)
                        .confirmationRequired(false)
                        .description("Restage: %s to %s".formatted(source.location(), target.location()))
                        .priority(PRIORITY)
                        .roleArn(settings.role())
                        .operation(operation -> operation.s3PutObjectCopy(copy ->
                                copy.targetResource(arn(target.location().bucket()))))
                        .manifest(manifest -> manifest.spec(
                                        spec -> spec.format(JobManifestFormat.S3_BATCH_OPERATIONS_CSV_20180820)
                                                .fields(JobManifestFieldName.BUCKET, JobManifestFieldName.KEY))
                                .location(location -> location.objectArn(arn(bucket + "/" + manifest(name)))
                                        .eTag(S3Headers.unquoted(etag))))
                        .report(report -> report.enabled(true)
                                .bucket(arn(bucket))
                                .prefix(FOLDER + name)
                                .format(JobReportFormat.REPORT_CSV_20180820)
                                .reportScope(JobReportScope.FAILED_TASKS_ONLY))
                        .build())
                .jobId();
    }

    private Outcome follow(String name, String job, Progress progress) {
        try {
            return watch(name, job, progress);
        } catch (InterruptedException e) {
            throw interrupted(job, e);
        } catch (ProviderException e) {
            // An interrupt in the middle of a request ends that request.
            if (Thread.interrupted()
                    || Throwables.getCausalChain(e).stream().anyMatch(AbortedException.class::isInstance)) {
                throw interrupted(job, e);
            }
            throw e;
        }
    }

    private ProviderException interrupted(String job, Exception cause) {
        cancel(job);
        Thread.currentThread().interrupt();
        return failed(job, "the run was interrupted, so it was cancelled; run again to copy the rest", cause);
    }

    private Outcome watch(String name, String job, Progress progress) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            JobDescriptor now = look(job);
            report(now.progressSummary(), progress);
            switch (now.status()) {
                case COMPLETE -> {
                    return outcome(name, now);
                }
                case FAILED, CANCELLED ->
                    throw failed(job, "it is %s: %s".formatted(now.statusAsString(), reasons(now)), null);
                case SUSPENDED ->
                    throw failed(
                            job, "it waits for somebody to confirm it; do so in the console, then run again", null);
                default -> {
                    Thread.sleep(pause.toMillis());
                    Duration longer = pause.multipliedBy(2);
                    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
                }
            }
        }
    }

    private void cancel(String job) {
        errors(
                "cancel the job " + job,
                () -> control()
                        .updateJobStatus(request -> request.accountId(account)
                                .jobId(job)
                                .requestedJobStatus(RequestedJobStatus.CANCELLED)
                                .statusUpdateReason("the run of Restage was interrupted")));
    }

    private Outcome outcome(String name, JobDescriptor job) {
        JobProgressSummary tasks = job.progressSummary();
        long failed = tasks.numberOfTasksFailed();
        List<String> samples = failed == 0
                ? List.of()
                : errors(
                        "read the report of the job " + job.jobId(),
                        () -> new S3Report(client(), bucket, FOLDER + name, job.jobId()).failures(SAMPLES));
        return new Outcome(job.jobId(), job.creationTime(), tasks.numberOfTasksSucceeded(), failed, samples);
    }

    private static void report(@Nullable JobProgressSummary tasks, Progress progress) {
        if (tasks != null && tasks.totalNumberOfTasks() != null && tasks.totalNumberOfTasks() > 0) {
            progress.report(
                    Progress.Unit.OBJECTS,
                    tasks.numberOfTasksSucceeded() + tasks.numberOfTasksFailed(),
                    tasks.totalNumberOfTasks());
        }
    }

    private static String reasons(JobDescriptor job) {
        String reasons = job.failureReasons().stream()
                .map(reason -> reason.failureCode() + " " + reason.failureReason())
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? Objects.requireNonNullElse(job.statusUpdateReason(), "no reason given") : reasons;
    }

    private JobDescriptor look(String job) {
        return errors(
                "look at the job " + job,
                () -> control()
                        .describeJob(request -> request.accountId(account).jobId(job))
                        .job());
    }

    private ProviderException failed(String job, String why, @Nullable Throwable cause) {
        return new ProviderException(
                Kind.FAILED,
                "the job %s of S3 Batch Operations, which copies %s to %s, has not done it: %s"
                        .formatted(job, source.location(), target.location(), why),
                ProviderException.Effect.SOME,
                cause);
    }

    private <T> T errors(String doing, Supplier<T> call) {
        return target.errors().insisting(doing, call);
    }

    private S3Client client() {
        return target.access().client();
    }

    private S3ControlClient control() {
        return target.access().control(settings.endpoint());
    }

    private static String manifest(String name) {
        return FOLDER + name + ".csv";
    }

    private static String arn(String resource) {
        return "arn:aws:s3:::" + resource;
    }
}
