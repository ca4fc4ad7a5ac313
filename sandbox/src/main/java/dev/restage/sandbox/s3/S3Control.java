package dev.restage.sandbox.s3;

import dev.restage.sandbox.s3.internal.access.Account;
import dev.restage.sandbox.s3.internal.access.Caller;
import dev.restage.sandbox.s3.internal.access.Principal;
import dev.restage.sandbox.s3.internal.http.Content;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Http;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.internal.http.S3Response;
import dev.restage.sandbox.s3.internal.http.Xml;
import dev.restage.sandbox.s3.internal.job.Job;
import dev.restage.sandbox.s3.internal.job.JobRequest;
import dev.restage.sandbox.s3.internal.job.JobTask;
import dev.restage.sandbox.s3.internal.object.Bucket;
import dev.restage.sandbox.s3.internal.operation.ObjectWrites;
import dev.restage.sandbox.s3.model.Grant;
import dev.restage.sandbox.s3.model.JobState;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A stand-in of S3 Batch Operations: it keeps jobs, and really copies what their manifests name between the buckets of an
 * {@link S3Server}. Its keys are the server's. A job's role may do everything unless {@link #role} says otherwise.
 *
 * <p>Operations other than {@code S3PutObjectCopy}, and manifests other than the CSV of Batch Operations, are refused with
 * 501. May be used by several threads at once.
 */
public final class S3Control implements AutoCloseable {

    private static final String JOBS = "v20180820/jobs";
    private static final String NAMESPACE = "http://awss3control.amazonaws.com/doc/2018-08-20/";

    private final S3Service s3;
    private final S3Http http;
    private final ObjectWrites writes;
    private final ExecutorService threads;
    private final S3Faults faults = new S3Faults((call, error) -> refusal(error));
    private final S3Requests requests = new S3Requests();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, Principal> roles = new ConcurrentHashMap<>();
    private final Map<JobState, Duration> stays = new EnumMap<>(JobState.class);
    private final Deque<S3Error> fates = new ArrayDeque<>();
    private final List<TaskFault> taskFaults = new CopyOnWriteArrayList<>();

    S3Control(S3Service s3) {
        this.s3 = s3;
        this.writes = new ObjectWrites(s3.buckets(), s3.limits());
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "sandbox-s3-job");
            thread.setDaemon(true);
            return thread;
        });
        this.http = new S3Http(0, this::answer);
    }

    /**
     * {@return where it is, {@code http://localhost:port}} The SDK puts the account's number before the host of an
     * endpoint, so give it this one by an endpoint provider, and {@code DISABLE_HOST_PREFIX_INJECTION}.
     */
    public URI endpoint() {
        return URI.create("http://localhost:" + http.port());
    }

    /** {@return the requests that came in so far} */
    public S3Requests requests() {
        return requests;
    }

    /** {@return the way to make it misbehave; tasks are not requests} */
    public S3Faults faults() {
        return faults;
    }

    /**
     * Says what a role may do.
     *
     * @param arn the ARN that jobs name
     * @param grants what it may do, and nothing else
     */
    public void role(String arn, Grant... grants) {
        roles.put(arn, new Principal(arn, List.of(grants)));
    }

    /**
     * Lets jobs stay in a state for some time at least.
     *
     * @param state which one
     * @param time how long
     */
    public void stay(JobState state, Duration time) {
        synchronized (stays) {
            stays.put(state, time);
        }
    }

    /**
     * Lets tasks fail.
     *
     * @param key whether the object with this key is not copied
     * @param status the HTTP status that the report shows
     * @param code the error code that the report shows
     */
    public void failTasks(Predicate<String> key, int status, String code) {
        taskFaults.add(new TaskFault(key, status, code));
    }

    /**
     * Lets the next job that is made fail as a whole, before its first task.
     *
     * @param code the failure code
     * @param reason the failure reason
     */
    public void failNextJob(String code, String reason) {
        synchronized (jobs) {
            fates.add(new S3Error(400, code, reason));
        }
    }

    /** Stops it and its jobs. */
    @Override
    public void close() {
        http.close();
        threads.shutdownNow();
    }

    private Optional<S3Response> answer(S3Request request) {
        String path = request.path().substring(1);
        S3Operation operation = operation(request, path);
        S3Call call = new S3Call(operation, "", path, request.query(), request.headers());
        requests.count(call);
        return faults.through(call, () -> {
            try {
                Caller caller = s3.access().admit(request);
                return routed(caller, operation, path);
            } catch (S3Error error) {
                return refusal(error);
            }
        });
    }

    private static S3Operation operation(S3Request request, String path) {
        boolean reads = request.method().equals("GET");
        if (path.equals(JOBS)) {
            return reads ? S3Operation.LIST_JOBS : S3Operation.CREATE_JOB;
        }
        if (path.startsWith(JOBS + "/")) {
            return reads
                    ? S3Operation.DESCRIBE_JOB
                    : path.endsWith("/status") ? S3Operation.UPDATE_JOB_STATUS : S3Operation.UNKNOWN;
        }
        return S3Operation.UNKNOWN;
    }

    private S3Response routed(Caller caller, S3Operation operation, String path) {
        if (!caller.header("x-amz-account-id").orElse("").equals(Account.ID)) {
            throw S3Error.denied("Access Denied");
        }
        String id = path.length() > JOBS.length()
                ? path.substring(JOBS.length() + 1).replace("/status", "")
                : "";
        return switch (operation) {
            case CREATE_JOB -> create(caller);
            case DESCRIBE_JOB -> {
                caller.principal().check("s3:DescribeJob", "*", "");
                Xml xml = Xml.document("DescribeJobResult", NAMESPACE).open("Job");
                find(id).describe(xml, true);
                yield S3Response.xml(200, xml.close("Job").close("DescribeJobResult"));
            }
            case LIST_JOBS -> list(caller);
            case UPDATE_JOB_STATUS -> update(caller, find(id));
            default -> throw S3Error.notImplemented(path);
        };
    }

    private S3Response create(Caller caller) {
        caller.principal().check("s3:CreateJob", "*", "");
        JobRequest wanted = JobRequest.read(caller.request().body().bytes());
        s3.buckets().of(wanted.target());
        Job job;
        synchronized (jobs) {
            Optional<Job> before = jobs.values().stream()
                    .filter(known -> known.request().token().equals(wanted.token()))
                    .findFirst();
            job = before.orElseGet(() -> make(wanted));
        }
        Xml xml = Xml.document("CreateJobResult", NAMESPACE).text("JobId", job.id());
        return S3Response.xml(200, xml.close("CreateJobResult"));
    }

    private Job make(JobRequest wanted) {
        Job job = new Job(
                UUID.randomUUID().toString(),
                wanted,
                s3.buckets(),
                task -> copied(wanted, task),
                this::stayIn,
                fates.poll());
        jobs.put(job.id(), job);
        threads.execute(job);
        return job;
    }

    private S3Response list(Caller caller) {
        caller.principal().check("s3:ListJobs", "*", "");
        List<Job> all;
        synchronized (jobs) {
            all = new ArrayList<>(jobs.values());
        }
        String wanted = caller.parameter("jobStatuses").orElse("");
        Xml xml = Xml.document("ListJobsResult", NAMESPACE).open("Jobs");
        all.stream()
                .filter(job -> wanted.isEmpty() || wanted.contains(job.state().text()))
                .forEach(job -> {
                    xml.open("member");
                    job.describe(xml, false);
                    xml.close("member");
                });
        return S3Response.xml(200, xml.close("Jobs").close("ListJobsResult"));
    }

    private static S3Response update(Caller caller, Job job) {
        caller.principal().check("s3:UpdateJobStatus", "*", "");
        String status = caller.parameter("requestedJobStatus").orElse("");
        JobState state = job.state();
        if (status.equals("Cancelled") && !state.isEnd()) {
            job.cancel(caller.parameter("statusUpdateReason").orElse(""));
        } else if (status.equals("Ready") && state == JobState.SUSPENDED) {
            job.confirm();
        } else {
            throw new S3Error(
                    400, "JobStatusException", "The job is %s and cannot become %s".formatted(state.text(), status));
        }
        Xml xml = Xml.document("UpdateJobStatusResult", NAMESPACE)
                .text("JobId", job.id())
                .text("Status", job.state().text());
        return S3Response.xml(200, xml.close("UpdateJobStatusResult"));
    }

    private Job find(String id) {
        Job job;
        synchronized (jobs) {
            job = jobs.get(id);
        }
        if (job == null) {
            throw new S3Error(404, "NoSuchJob", "The specified job does not exist");
        }
        return job;
    }

    /** Runs one task as the job's role, and says how it went. */
    private JobTask copied(JobRequest wanted, JobTask task) {
        for (TaskFault fault : taskFaults) {
            if (fault.key().test(task.key())) {
                return task.failed(new S3Error(fault.status(), fault.code(), "The task was told to fail"));
            }
        }
        Map<String, String> headers = new HashMap<>(wanted.headers());
        headers.put("x-amz-copy-source", task.copySource());
        S3Request request = new S3Request(
                "PUT", "/", wanted.target(), wanted.prefix() + task.key(), Map.of(), headers, new Content(new byte[0]));
        Principal role = roles.getOrDefault(wanted.role(), new Principal(wanted.role(), List.of(Grant.of("*", "*"))));
        try {
            Bucket target = s3.buckets().of(wanted.target());
            Caller caller = new Caller(role, "", request, Map.of());
            s3.buckets().admit(caller, target, "x-amz-expected-bucket-owner");
            writes.copy(caller, target);
            return task;
        } catch (S3Error refused) {
            return task.failed(refused);
        }
    }

    private Duration stayIn(JobState state) {
        synchronized (stays) {
            return stays.getOrDefault(state, Duration.ZERO);
        }
    }

    /** Batch Operations say it in an envelope, unlike S3. */
    private static S3Response refusal(S3Error error) {
        Xml xml = Xml.document("ErrorResponse", NAMESPACE)
                .open("Error")
                .text("Code", error.code())
                .text("Message", error.text())
                .close("Error")
                .text("RequestId", "sandbox")
                .close("ErrorResponse");
        return S3Response.xml(error.status(), xml);
    }

    private record TaskFault(Predicate<String> key, int status, String code) {}
}
