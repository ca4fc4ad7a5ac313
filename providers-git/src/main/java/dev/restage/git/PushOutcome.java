package dev.restage.git;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;

/**
 * How a server took a push.
 *
 * @param status what became of the branch
 * @param reason the server's short word on it: {@code protected branch hook declined}
 * @param messages what the server printed besides, such as the rules that it violates
 */
record PushOutcome(Status status, String reason, String messages) {

    /** A refusal in the server's words, with what to do about it. */
    ProviderException refusal(String what) {
        String words = Stream.concat(Stream.of(reason), messages.lines())
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("null"))
                .distinct()
                .limit(12)
                .collect(Collectors.joining("; "));
        String all = words.toLowerCase(Locale.ROOT);
        boolean unclear = status == Status.NOT_ATTEMPTED || status == Status.AWAITING_REPORT;
        return new ProviderException(
                unclear ? Kind.UNAVAILABLE : all.contains("without `workflow") ? Kind.DENIED : Kind.CONFLICT,
                "%s (%s): %s; %s".formatted(what, status, words.isEmpty() ? "it gives no reason" : words, advice(all)),
                unclear ? Effect.UNKNOWN : Effect.NONE,
                null);
    }

    /** Texts: GitHub, "About protected branches", "Troubleshooting rules", and reports of users, read 2026-11. */
    private static String advice(String words) {
        if (words.contains("without `workflow")) {
            return "let the token also write workflows (scope \"workflow\")";
        }
        if (words.contains("protected branch")
                || words.contains("gh006")
                || words.contains("gh013")
                || words.contains("rule violations")) {
            return "allow force pushes to it, or let the login bypass its protection, and run again";
        }
        return "settle this on the server and run again";
    }
}
