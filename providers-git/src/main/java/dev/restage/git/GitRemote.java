package dev.restage.git;

import dev.restage.provider.ProviderException;
import dev.restage.provider.ProviderException.Kind;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.code.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/** A repository on a server: what it advertises, and the ways to and from it. Server failures become our exceptions. */
final class GitRemote {

    /** Where a clone keeps the server's branches. */
    static final String TRACKING = Constants.R_REMOTES + "origin/";

    private static final int TIMEOUT_SECONDS = 60;
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 500;
    private static final RefSpec ALL_BRANCHES = new RefSpec("+refs/heads/*:" + TRACKING + "*");
    private static final List<String> HOOKS =
            List.of("pre-receive", "update", "reference-transaction", "post-receive", "post-update");

    private final GitLocation location;
    private final @Nullable CredentialsProvider credentials;
    private final String login;

    /**
     * @param location where it is
     * @param credentials how to log in, null for a server that asks for nothing
     * @param login which variables hold the login, for messages
     */
    GitRemote(GitLocation location, @Nullable CredentialsProvider credentials, String login) {
        this.location = location;
        this.credentials = credentials;
        this.login = login;
    }

    GitLocation location() {
        return location;
    }

    /** Asks the server for its branches: name without {@code refs/heads/} to newest commit. */
    Map<String, ObjectId> heads() {
        for (int attempt = 1; ; attempt++) {
            try {
                return headsOnce();
            } catch (ProviderException e) {
                pauseOrThrow(e, attempt);
            }
        }
    }

    private Map<String, ObjectId> headsOnce() {
        try (Transport transport = prepared(Transport.open(location.uri()));
                FetchConnection connection = transport.openFetch(List.of(ALL_BRANCHES))) {
            Map<String, ObjectId> heads = new TreeMap<>();
            for (Ref ref : connection.getRefs()) {
                ObjectId id = ref.getObjectId();
                if (id != null && ref.getName().startsWith(Constants.R_HEADS)) {
                    heads.put(ref.getName().substring(Constants.R_HEADS.length()), id);
                }
            }
            return heads;
        } catch (TransportException | NotSupportedException e) {
            throw failure("read the branches of " + location, Effect.NONE, e);
        }
    }

    /** Brings all branches into a clone and drops those that are gone. */
    void fetch(Repository clone) throws IOException {
        FetchResult result = null;
        for (int attempt = 1; result == null; attempt++) {
            try {
                result = fetch(clone, List.of(ALL_BRANCHES));
            } catch (ProviderException e) {
                pauseOrThrow(e, attempt);
            }
        }
        boolean stuck = result.getTrackingRefUpdates().stream()
                .map(update -> update.getResult())
                .anyMatch(
                        outcome -> outcome == RefUpdate.Result.LOCK_FAILURE || outcome == RefUpdate.Result.IO_FAILURE);
        if (stuck) {
            throw new IOException("some branches could not be written in the clone");
        }
    }

    /** Brings one commit into a clone that no branch leads to, under a name that keeps it there. */
    void fetch(Repository clone, CommitId commit, String keptAs) throws IOException {
        try {
            fetch(clone, List.of(new RefSpec(commit.value() + ":" + keptAs)));
        } catch (ProviderException e) {
            throw e.kind() == Kind.UNAVAILABLE
                    ? new ProviderException(
                            Kind.NOT_FOUND,
                            "%s does not hand out the commit %s: it is on no branch there and not in the local clone"
                                    .formatted(location, commit.shortened()),
                            Effect.NONE,
                            e)
                    : e;
        }
    }

    /** Reading is tried again after a brief failure. */
    private static void pauseOrThrow(ProviderException failure, int attempt) {
        if (failure.kind() != Kind.UNAVAILABLE || attempt >= ATTEMPTS) {
            throw failure;
        }
        try {
            Thread.sleep(PAUSE_MILLIS * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private FetchResult fetch(Repository clone, Collection<RefSpec> specs) throws IOException {
        try (Transport transport = prepared(Transport.open(clone, location.uri()))) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setRemoveDeletedRefs(specs.contains(ALL_BRANCHES));
            return transport.fetch(NullProgressMonitor.INSTANCE, specs);
        } catch (TransportException | NotSupportedException e) {
            if (LocalClone.isDamage(e)) {
                throw e;
            }
            throw failure("fetch from " + location, Effect.NONE, e);
        }
    }

    /**
     * Moves a branch of the server, if it still is where it is expected.
     *
     * @param to where it goes, the zero id to remove it
     * @param expected where it must be, the zero id if it must not exist
     * @return how the server took it, with its own words as message
     */
    PushOutcome push(Repository clone, String branch, ObjectId to, ObjectId expected) throws IOException {
        String ref = Constants.R_HEADS + branch;
        RemoteRefUpdate update = new RemoteRefUpdate(clone, null, to, ref, true, null, expected);
        try (Transport transport = prepared(Transport.open(clone, location.uri()))) {
            if (runsHooks()) {
                // JGit runs no hooks of a repository on this machine; git does.
                transport.setOptionReceivePack("exec git receive-pack");
            }
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            RemoteRefUpdate answer = result.getRemoteUpdate(ref);
            return new PushOutcome(answer.getStatus(), String.valueOf(answer.getMessage()), result.getMessages());
        } catch (TransportException | NotSupportedException e) {
            throw failure("push to " + location, Effect.UNKNOWN, e);
        }
    }

    private boolean runsHooks() {
        return location.isLocal()
                && HOOKS.stream()
                        .map(location.directory().resolve("hooks")::resolve)
                        .anyMatch(Files::isExecutable);
    }

    private Transport prepared(Transport transport) {
        transport.setCredentialsProvider(credentials);
        if (!location.isLocal()) {
            transport.setTimeout(TIMEOUT_SECONDS);
        }
        return transport;
    }

    private ProviderException failure(String doing, Effect effect, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        if (cause instanceof NoRemoteRepositoryException || cause instanceof NotSupportedException) {
            return new ProviderException(
                    Kind.NOT_FOUND,
                    "cannot %s: there is no such repository, or this login may not see it; check the address and %s"
                            .formatted(doing, login),
                    Effect.NONE,
                    cause);
        }
        if (Stream.of("not authorized", "not permitted", "Authentication", "authentication")
                .anyMatch(reason::contains)) {
            return new ProviderException(
                    Kind.DENIED,
                    "cannot %s: the server refuses the login; check %s".formatted(doing, login),
                    Effect.NONE,
                    cause);
        }
        return new ProviderException(
                Kind.UNAVAILABLE, "cannot %s: %s; try again".formatted(doing, reason), effect, cause);
    }
}
