package dev.restage.sandbox.vendor.internal;

import dev.restage.sandbox.vendor.Faults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The faults that wait for their requests. Safe for use by several threads. */
final class StandInFaults implements Faults {

    private static final String EDGE_PAGE = "<!DOCTYPE html><html><head><title>Application Error</title></head><body>"
            + "<iframe src=\"//www.herokucdn.com/error-pages/application-error.html\"></iframe></body></html>";

    private final List<Fault> waiting = new ArrayList<>();
    private final Function<Duration, VendorReply> throttled;

    StandInFaults(Function<Duration, VendorReply> throttled) {
        this.throttled = throttled;
    }

    @Override
    public void throttle(String request, int times, Duration retryAfter) {
        VendorReply reply = throttled.apply(retryAfter).with("Retry-After", String.valueOf(retryAfter.toSeconds()));
        add(request, times, route -> Optional.of(reply));
    }

    @Override
    public void unavailable(String request, int times) {
        answer(request, times, 503, EDGE_PAGE);
    }

    @Override
    public void dropAfterSuccess(String request, int times) {
        add(request, times, route -> {
            route.answer();
            return Optional.empty();
        });
    }

    @Override
    public void cut(String request, int times, int bytes) {
        add(request, times, route -> Optional.of(route.answer().cutAfter(bytes)));
    }

    @Override
    public void answer(String request, int times, int status, String body) {
        boolean json = body.startsWith("{") || body.startsWith("[");
        VendorReply reply = VendorReply.text(status, json ? "application/json" : "text/html; charset=utf-8", body);
        add(request, times, route -> Optional.of(reply));
    }

    @Override
    public void rewrite(String request, int times, UnaryOperator<String> change) {
        add(request, times, route -> {
            VendorReply right = route.answer();
            String body = change.apply(new String(right.body(), StandardCharsets.UTF_8));
            return Optional.of(new VendorReply(right.status(), right.headers(), body.getBytes(StandardCharsets.UTF_8)));
        });
    }

    @Override
    public synchronized void clear() {
        waiting.clear();
    }

    /** {@return the reply, faulty or right; empty if the connection is to be dropped} */
    Optional<VendorReply> through(String request, Answer route) {
        Optional<Fault> fault = take(request);
        return fault.isPresent() ? fault.get().effect().apply(route) : Optional.of(route.answer());
    }

    private synchronized Optional<Fault> take(String request) {
        Optional<Fault> found = waiting.stream()
                .filter(fault -> fault.requests().matcher(request).matches())
                .findFirst();
        found.ifPresent(waiting::remove);
        return found;
    }

    private synchronized void add(String request, int times, Function<Answer, Optional<VendorReply>> effect) {
        String method = request.substring(0, request.indexOf(' ')).toUpperCase(Locale.ROOT);
        String pattern = Arrays.stream((method + request.substring(request.indexOf(' '))).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        for (int i = 0; i < times; i++) {
            waiting.add(new Fault(Pattern.compile(pattern), effect));
        }
    }

    /** What the route would answer. */
    interface Answer {
        VendorReply answer();
    }

    // A class, not a record: two equal faults are two faults, and List.remove must take this one.
    private static final class Fault {
        private final Pattern requests;
        private final Function<Answer, Optional<VendorReply>> effect;

        Fault(Pattern requests, Function<Answer, Optional<VendorReply>> effect) {
            this.requests = requests;
            this.effect = effect;
        }

        Pattern requests() {
            return requests;
        }

        Function<Answer, Optional<VendorReply>> effect() {
            return effect;
        }
    }
}
