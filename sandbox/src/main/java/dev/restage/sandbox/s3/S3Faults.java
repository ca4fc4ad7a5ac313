package dev.restage.sandbox.s3;

import dev.restage.sandbox.internal.Pause;
import dev.restage.sandbox.s3.internal.http.S3Error;
import dev.restage.sandbox.s3.internal.http.S3Request;
import dev.restage.sandbox.s3.internal.http.S3Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes the server misbehave. Each method says which requests it is about; of several faults that hit one request, the one
 * added first comes first, and delays and hooks come before all. Safe for use by several threads.
 */
public final class S3Faults {

    private static final System.Logger LOG = System.getLogger(S3Faults.class.getName());

    private static final Pattern ENTRY = Pattern.compile("<Contents>.*?</Contents>", Pattern.DOTALL);

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<Hook> hooks = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final List<Gap> gaps = new CopyOnWriteArrayList<>();

    private final BiFunction<S3Call, S3Error, S3Response> refusal;

    /** Words an error as the vendor does. */
    S3Faults(BiFunction<S3Call, S3Error, S3Response> refusal) {
        this.refusal = refusal;
    }

    /**
     * Answers 503 SlowDown, and does nothing.
     *
     * @param strike which requests
     */
    public void slowDown(Strike strike) {
        answer(strike, 503, "SlowDown", "Please reduce your request rate.");
    }

    /**
     * Answers 500 InternalError, and does nothing.
     *
     * @param strike which requests
     */
    public void internalError(Strike strike) {
        answer(strike, 500, "InternalError", "We encountered an internal error. Please try again.");
    }

    /**
     * Answers 412 PreconditionFailed, and does nothing.
     *
     * @param strike which requests
     */
    public void preconditionFailed(Strike strike) {
        answer(strike, 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }

    /**
     * Answers 404 NoSuchKey, and does nothing.
     *
     * @param strike which requests
     */
    public void notFound(Strike strike) {
        answer(strike, 404, "NoSuchKey", "The specified key does not exist.");
    }

    /**
     * Answers with an error, and does nothing.
     *
     * @param strike which requests
     * @param status the HTTP status
     * @param code the error code
     * @param message the message
     */
    public void answer(Strike strike, int status, String code, String message) {
        add(strike, (call, route) -> Optional.of(refusal.apply(call, new S3Error(status, code, message))));
    }

    /**
     * Answers 200 with an error as its body, and does nothing, as long operations of S3 may (CopyObject, UploadPartCopy,
     * CompleteMultipartUpload).
     *
     * @param strike which requests
     */
    public void errorInside(Strike strike) {
        answer(strike, 200, "InternalError", "We encountered an internal error. Please try again.");
    }

    /**
     * Does what was asked, then closes the connection without an answer.
     *
     * @param strike which requests
     */
    public void dropAfterSuccess(Strike strike) {
        add(strike, (call, route) -> {
            S3Response done = route.get();
            LOG.log(System.Logger.Level.DEBUG, "closes the connection instead of answering {0}", done.status());
            return Optional.empty();
        });
    }

    /**
     * Closes the connection without an answer, and does nothing.
     *
     * @param strike which requests
     */
    public void drop(Strike strike) {
        add(strike, (call, route) -> Optional.empty());
    }

    /**
     * Does what was asked, and closes the connection in the middle of the answer.
     *
     * @param strike which requests
     * @param bytes how many bytes of the body arrive
     */
    public void cut(Strike strike, int bytes) {
        add(strike, (call, route) -> Optional.of(route.get().cutAfter(bytes)));
    }

    /**
     * Lets a listing end with an empty page.
     *
     * @param strike which requests
     */
    public void emptyListing(Strike strike) {
        rewrite(
                strike,
                page -> ENTRY.matcher(page)
                        .replaceAll("")
                        .replaceAll("<KeyCount>\\d+<", "<KeyCount>0<")
                        .replaceAll("<NextContinuationToken>.*?</NextContinuationToken>", "")
                        .replace("<IsTruncated>true<", "<IsTruncated>false<"));
    }

    /**
     * Swaps the first and the last key of a page.
     *
     * @param strike which requests
     */
    public void unsortedListing(Strike strike) {
        rewrite(strike, page -> {
            List<MatchResult> entries = ENTRY.matcher(page).results().toList();
            if (entries.size() < 2) {
                return page;
            }
            MatchResult first = entries.get(0);
            MatchResult last = entries.get(entries.size() - 1);
            return page.substring(0, first.start())
                    + last.group()
                    + page.substring(first.end(), last.start())
                    + first.group()
                    + page.substring(last.end());
        });
    }

    /**
     * Does what was asked, and changes the document that is the answer.
     *
     * @param strike which requests
     * @param change from the document that was made to the one that is sent
     */
    public void rewrite(Strike strike, UnaryOperator<String> change) {
        add(strike, (call, route) -> {
            S3Response right = route.get();
            String document = new String(right.body(), StandardCharsets.UTF_8);
            byte[] changed = change.apply(document).getBytes(StandardCharsets.UTF_8);
            S3Response response = S3Response.bytes(right.status(), changed, 0, changed.length);
            right.headers().forEach(response::header);
            return Optional.of(response);
        });
    }

    /**
     * Understands no content that is framed in chunks, as the SDKs of Amazon frame it (400 XAmzContentSHA256Mismatch, as
     * Ceph's server answers where the content is empty).
     *
     * @param strike which requests, of those whose content is framed
     */
    public void refuseChunks(Strike strike) {
        answer(
                strike.where(call ->
                        call.headers().getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-")),
                400,
                "XAmzContentSHA256Mismatch",
                "");
    }

    /**
     * Names no ETag in the document that is the answer, as Ceph's server does at the end of an upload in parts.
     *
     * @param strike which requests
     */
    public void emptyEtag(Strike strike) {
        rewrite(strike, document -> document.replaceAll("<ETag>.*?</ETag>", "<ETag></ETag>"));
    }

    /**
     * Acts as if headers or parameters had not been sent, as servers do that do not know them.
     *
     * @param strike which requests
     * @param names their names, those of headers in lower case: {@code x-amz-copy-source-if-match}, {@code encoding-type}
     */
    public void ignore(Strike strike, String... names) {
        gaps.add(new Gap(strike.counter(), Set.of(names)));
    }

    /**
     * Refuses to delete single keys, while the request as a whole succeeds ({@code DeleteObjects}). The strike is asked for
     * each key.
     *
     * @param strike which keys; its operation must be {@link S3Operation#DELETE_OBJECTS}
     * @param code the error code
     */
    public void refuseDeletion(Strike strike, String code) {
        refusals.add(new Refusal(strike.counter(), code));
    }

    /**
     * Runs something before the operation, to change what it will find.
     *
     * @param strike which requests
     * @param hook what to run
     */
    public void before(Strike strike, Consumer<S3Call> hook) {
        hooks.add(new Hook(strike.counter(), hook));
    }

    /**
     * Lets requests wait.
     *
     * @param strike which requests
     * @param time how long
     */
    public void delay(Strike strike, Duration time) {
        before(strike, call -> Pause.of(time));
    }

    /** Forgets all faults and hooks. */
    public void clear() {
        faults.clear();
        hooks.clear();
        refusals.clear();
        gaps.clear();
    }

    /** {@return the answer, faulty or right; empty if the connection is to be closed without one} */
    Optional<S3Response> through(S3Call call, Supplier<S3Response> route) {
        for (Hook hook : hooks) {
            if (hook.counter().hits(call)) {
                hook.body().accept(call);
            }
        }
        for (Fault fault : faults) {
            if (fault.counter().hits(call)) {
                return fault.effect().on(call, route);
            }
        }
        return Optional.of(route.get());
    }

    /** {@return what the server understands of a request} */
    S3Request understood(S3Call call, S3Request request) {
        S3Request left = request;
        for (Gap gap : gaps) {
            if (gap.counter().hits(call)) {
                left = left.without(gap.names());
            }
        }
        return left;
    }

    /** Throws if this key of a DeleteObjects is not to be deleted. */
    void refuseDeletion(String bucket, String key) {
        if (refusals.isEmpty()) {
            return;
        }
        S3Call call = new S3Call(S3Operation.DELETE_OBJECTS, bucket, key, Map.of(), Map.of());
        for (Refusal refusal : refusals) {
            if (refusal.counter().hits(call)) {
                throw new S3Error(
                        403, refusal.code(), refusal.code().equals("AccessDenied") ? "Access Denied" : refusal.code());
            }
        }
    }

    private void add(Strike strike, Effect effect) {
        faults.add(new Fault(strike.counter(), effect));
    }

    private interface Effect {
        Optional<S3Response> on(S3Call call, Supplier<S3Response> route);
    }

    private record Fault(Strike.Counter counter, Effect effect) {}

    private record Hook(Strike.Counter counter, Consumer<S3Call> body) {}

    private record Gap(Strike.Counter counter, Set<String> names) {}

    private record Refusal(Strike.Counter counter, String code) {}
}
