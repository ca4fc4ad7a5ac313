package dev.restage.sandbox.s3.internal.job;

import dev.restage.sandbox.internal.Pause;
import dev.restage.sandbox.s3.internal.access.Account;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.operation.Buckets;
import dev.restage.sandbox.s3.model.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A job that runs, one task after the other, on a thread of its own. */
public final class Job implements Runnable {

    /** A job gives up when more than half of its tasks have failed, after so many. Source: S3 user guide, read 2026-11. */
    private static final int TASKS_BEFORE_GIVING_UP = 1000;

    private final String id;
    private final JobRequest request;
    private final Instant createdAt = Instant.now();
    private final JobManifest manifest;
    private final JobReport report;
    private final UnaryOperator<JobTask> copy;
    private final Function<JobState, Duration> stay;
    private final @Nullable S3Error fate;
    private final List<JobTask> done = new ArrayList<>();
    private JobState state = JobState.NEW;
    private @Nullable S3Error failure;
    private @Nullable Instant endedAt;
    private Instant activeSince = Instant.EPOCH;
    private String cancelReason = "";
    private boolean confirmed;
    private int total;
    private int failed;

    /**
     * Makes a job.
     *
     * @param copy runs a task
     * @param stay how long to stay in a state at least
     * @param fate why it will fail as a whole once it is active; null if it will not
     */
    public Job(
            String id,
            JobRequest request,
            Buckets buckets,
            UnaryOperator<JobTask> copy,
            Function<JobState, Duration> stay,
            @Nullable S3Error fate) {
        this.id = id;
        this.request = request;
        this.manifest = new JobManifest(buckets);
        this.report = new JobReport(buckets);
        this.copy = copy;
        this.stay = stay;
        this.fate = fate;
        this.confirmed = !request.confirmationRequired();
    }

    public String id() {
        return id;
    }

    public JobRequest request() {
        return request;
    }

    @Override
    public void run() {
        try {
            Pause.of(stay.apply(JobState.NEW));
            enter(JobState.PREPARING);
            List<JobTask> tasks = manifest.tasks(request);
            planned(tasks.size());
            if (!confirmed()) {
                enter(JobState.SUSPENDED);
                awaitConfirmation();
            }
            enter(JobState.READY);
            enter(JobState.ACTIVE);
            if (fate != null) {
                throw fate;
            }
            tasks.forEach(this::execute);
            enter(JobState.COMPLETING);
            report.write(id, request.report(), done());
            enter(JobState.COMPLETE);
        } catch (S3Error broken) {
            fail(broken);
        } catch (Cancelled stop) {
            report.write(id, request.report(), done());
            end(JobState.CANCELLED);
        }
    }

    /** Stops it at the next task. */
    public synchronized void cancel(String reason) {
        cancelReason = reason;
        state = JobState.CANCELLING;
        notifyAll();
    }

    public synchronized void confirm() {
        confirmed = true;
        notifyAll();
    }

    public synchronized JobState state() {
        return state;
    }

    /** Writes the elements that DescribeJob and ListJobs have in common, and the rest if asked for. */
    public synchronized void describe(Xml xml, boolean whole) {
        xml.text("JobId", id).text("Status", state.text()).text("Priority", request.priority());
        xml.text("CreationTime", createdAt.toString()).text("Description", request.description());
        if (endedAt != null) {
            xml.text("TerminationDate", endedAt.toString());
        }
        xml.open("ProgressSummary")
                .text("TotalNumberOfTasks", total)
                .text("NumberOfTasksSucceeded", done.size() - failed)
                .text("NumberOfTasksFailed", failed)
                .open("Timers")
                .text("ElapsedTimeInActiveSeconds", activeSeconds())
                .close("Timers")
                .close("ProgressSummary");
        if (!whole) {
            xml.text("Operation", "S3PutObjectCopy");
            return;
        }
        xml.text("ConfirmationRequired", request.confirmationRequired()).text("RoleArn", request.role());
        xml.text("JobArn", "arn:aws:s3:us-east-1:%s:job/%s".formatted(Account.ID, id));
        if (!cancelReason.isEmpty()) {
            xml.text("StatusUpdateReason", cancelReason);
        }
        if (state == JobState.SUSPENDED) {
            xml.text("SuspendedCause", "Job is awaiting confirmation");
        }
        if (failure != null) {
            xml.open("FailureReasons")
                    .open("member")
                    .text("FailureCode", failure.code())
                    .text("FailureReason", failure.text())
                    .close("member")
                    .close("FailureReasons");
        }
    }

    private void execute(JobTask task) {
        checkCancelled();
        JobTask finished = copy.apply(task);
        if (record(finished)) {
            throw new S3Error(
                    400, "JobFailureThresholdExceeded", "Job failure rate is above the threshold of 50 percent");
        }
    }

    /** {@return whether the job is to give up} */
    private synchronized boolean record(JobTask task) {
        done.add(task);
        failed += task.failure() == null ? 0 : 1;
        return done.size() >= TASKS_BEFORE_GIVING_UP && failed * 2 > done.size();
    }

    private synchronized void planned(int tasks) {
        total = tasks;
    }

    private synchronized List<JobTask> done() {
        return List.copyOf(done);
    }

    private synchronized boolean confirmed() {
        return confirmed;
    }

    private synchronized void awaitConfirmation() {
        while (!confirmed && state != JobState.CANCELLING) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new Cancelled();
            }
        }
        checkCancelled();
    }

    private synchronized void checkCancelled() {
        if (state == JobState.CANCELLING || Thread.currentThread().isInterrupted()) {
            throw new Cancelled();
        }
    }

    private void enter(JobState next) {
        synchronized (this) {
            checkCancelled();
            state = next;
            if (next == JobState.ACTIVE) {
                activeSince = Instant.now();
            }
            if (next.isEnd()) {
                endedAt = Instant.now();
            }
        }
        if (!next.isEnd()) {
            Pause.of(stay.apply(next));
        }
    }

    private void fail(S3Error why) {
        synchronized (this) {
            failure = why;
            state = JobState.FAILING;
        }
        Pause.of(stay.apply(JobState.FAILING));
        report.write(id, request.report(), done());
        end(JobState.FAILED);
    }

    private synchronized void end(JobState last) {
        state = last;
        endedAt = Instant.now();
    }

    private long activeSeconds() {
        if (activeSince.equals(Instant.EPOCH)) {
            return 0;
        }
        return Duration.between(activeSince, endedAt == null ? Instant.now() : endedAt)
                .toSeconds();
    }

    private static final class Cancelled extends RuntimeException {
        Cancelled() {
            super("cancelled", null, false, false);
        }
    }
}
