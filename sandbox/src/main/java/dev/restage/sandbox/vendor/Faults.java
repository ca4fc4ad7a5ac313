package dev.restage.sandbox.vendor;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Makes a stand-in misbehave. Every method names the requests it is about as method and path, {@code POST /apps/x/dynos}, where
 * {@code *} stands for any text in either. A fault is used up by the given number of matching requests; of several, the one
 * added first comes first. Safe for use by several threads.
 */
public interface Faults {

    /**
     * Answers 429 in the vendor's words, with {@code Retry-After}.
     *
     * @param request the requests, as method and path
     * @param times how many of them
     * @param retryAfter what the header asks for, in whole seconds
     */
    void throttle(String request, int times, Duration retryAfter);

    /**
     * Answers 503 with the HTML page of an edge server, and does nothing.
     *
     * @param request the requests, as method and path
     * @param times how many of them
     */
    void unavailable(String request, int times);

    /**
     * Does what was asked, then drops the connection without an answer.
     *
     * @param request the requests, as method and path
     * @param times how many of them
     */
    void dropAfterSuccess(String request, int times);

    /**
     * Does what was asked, and drops the connection in the middle of the answer.
     *
     * @param request the requests, as method and path
     * @param times how many of them
     * @param bytes how many bytes of the body arrive
     */
    void cut(String request, int times, int bytes);

    /**
     * Answers with a given status and body, and does nothing.
     *
     * @param request the requests, as method and path
     * @param times how many of them
     * @param status the HTTP status
     * @param body the body; JSON if it begins like JSON, else HTML
     */
    void answer(String request, int times, int status, String body);

    /**
     * Does what was asked, and replaces the body of the answer.
     *
     * @param request the requests, as method and path
     * @param times how many of them
     * @param change from the body that was made to the one that is sent
     */
    void rewrite(String request, int times, UnaryOperator<String> change);

    /** Forgets the faults that are still waiting. */
    void clear();
}
