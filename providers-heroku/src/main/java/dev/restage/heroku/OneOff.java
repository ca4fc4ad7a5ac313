package dev.restage.heroku;

import dev.restage.http.Json;
import dev.restage.http.Polling;
import dev.restage.http.RestRequest;
import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.app.CommandResult;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs one command in a dyno of its own: attached where Heroku's rendezvous host can be reached, else detached with the
 * output read from the app's log. A command whose end nobody saw counts as unknown, never as well done.
 */
final class OneOff {

    /** Heroku accepts at most a day. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Starting a dyno takes seconds to minutes, which is not the command's time. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final int CREATIONS = 3;
    private static final Pattern LOG_LINE = Pattern.compile("^\\S+ app\\[([^]]+)]: ?(.*)$");

    /** Whether the output comes over a connection or only by the log. */
    private enum Mode {
        ATTACHED,
        DETACHED
    }

    private final HerokuApi api;
    private final Polling polling;
    private final String app;
    private final String launcher;
    private final Duration limit;

    OneOff(HerokuApi api, Polling polling, String app, String launcher, Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a dyno runs up to 24 hours, not " + limit);
        }
        this.api = api;
        this.polling = polling;
        this.app = app;
        this.launcher = launcher;
        this.limit = limit;
    }

    CommandResult run(String command) {
        Marked marked = new Marked();
        Json dyno = create(marked.command(launcher, command), Mode.ATTACHED);
        URI attach = URI.create(dyno.text("attach_url"));
        try (Rendezvous rendezvous = Rendezvous.connect(attach, api.settings())) {
            return read(rendezvous, marked, dyno.required("name"));
        } catch (Rendezvous.UnreachableException e) {
            stop(dyno.required("name"));
            return detached(command);
        } catch (IOException e) {
            stop(dyno.required("name"));
            throw unknown(dyno.required("name"), "the connection to it broke (" + e.getMessage() + ")", e);
        }
    }

    private CommandResult read(Rendezvous rendezvous, Marked marked, String dyno) throws IOException {
        long deadline = System.nanoTime() + limit.plus(START).toNanos();
        rendezvous.begin(deadline);
        byte[] buffer = new byte[1 << 13];
        for (int count = rendezvous.read(buffer, deadline); count >= 0; count = rendezvous.read(buffer, deadline)) {
            Optional<CommandResult> result = marked.add(buffer, count);
            if (result.isPresent()) {
                return result.get();
            }
        }
        throw unknown(
                dyno, "its output ended without its exit status, as when the time limit or a restart ends it", null);
    }

    private Json create(String command, Mode mode) {
        Map<String, Object> body = Map.of(
                "command",
                command,
                "attach",
                mode == Mode.ATTACHED,
                "force_no_tty",
                true,
                "time_to_live",
                Math.max(1, limit.toSeconds()));
        RestRequest request = RestRequest.post("apps/{}/dynos", app).json(body);
        for (int attempt = 1; ; attempt++) {
            try {
                return api.platform(request).object();
            } catch (ProviderException e) {
                // Right after a release Heroku refuses for a moment; a refusal has started nothing.
                if (e.kind() != Kind.CONFLICT || attempt == CREATIONS) {
                    throw e;
                }
                Polling.pause(polling.longest(), e);
            }
        }
    }

    private void stop(String dyno) {
        api.platform(RestRequest.post("apps/{}/dynos/{}/actions/stop", app, dyno)
                .repeatable()
                .accepting(404));
    }

    private CommandResult detached(String command) {
        Marked marked = new Marked();
        String dyno = create(marked.command(launcher, command), Mode.DETACHED).required("name");
        if (!polling.isTrueWithin(limit.plus(START), () -> isGone(dyno))) {
            throw unknown(dyno, "it still runs after its time limit", null);
        }
        // Log lines come a little later than the end that they tell of.
        return polling.until(Duration.ofSeconds(30), () -> fromLog(dyno, marked))
                .orElseThrow(() -> unknown(dyno, "the log does not say how it ended", null));
    }

    private boolean isGone(String dyno) {
        return api.find("apps/{}/dynos/{}", app, dyno).isEmpty();
    }

    private Optional<CommandResult> fromLog(String dyno, Marked marked) {
        Json session = api.platform(RestRequest.post("apps/{}/log-sessions", app)
                        .json(Map.of("lines", 1500, "tail", false, "dyno_name", dyno))
                        .repeatable())
                .json();
        StringBuilder output = new StringBuilder();
        for (String line : api.text(session.text("logplex_url")).split("\n", -1)) {
            Matcher parts = LOG_LINE.matcher(line);
            if (parts.matches() && parts.group(1).equals(dyno)) {
                output.append(parts.group(2)).append('\n');
            }
        }
        byte[] bytes = output.toString().getBytes(StandardCharsets.UTF_8);
        return marked.add(bytes, bytes.length);
    }

    private ProviderException unknown(String dyno, String why, @Nullable Throwable cause) {
        return new ProviderException(
                Kind.UNAVAILABLE,
                "it is not known how the command in the dyno %s of %s ended: %s; look at \"heroku logs --dyno %s\" before running it again"
                        .formatted(dyno, app, why, dyno),
                Effect.UNKNOWN,
                cause);
    }
}
