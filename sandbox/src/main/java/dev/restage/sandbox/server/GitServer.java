package dev.restage.sandbox.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.util.FS.FileStoreAttributes;

/**
 * Serves bare git repositories over HTTP to any git client, on a free port of 127.0.0.1. Reading and writing need the
 * token as the password; any user name will do, as with GitHub.
 *
 * <p>May be used by several threads at once.
 */
public final class GitServer implements AutoCloseable {

    private static final int THREADS = 8;

    private final HttpServer http;
    private final ExecutorService threads;
    private final OwnedDirectory directory;
    private final String token;
    private final List<PushListener> listeners = new CopyOnWriteArrayList<>();

    private GitServer(HttpServer http, ExecutorService threads, OwnedDirectory directory, String token) {
        this.http = http;
        this.threads = threads;
        this.directory = directory;
        this.token = token;
    }

    /** {@return a running server with its repositories in a temporary directory} */
    public static GitServer start() {
        return start(Directories.createTemporary("restage-git-"));
    }

    /**
     * Starts a server without repositories.
     *
     * @param directory where the repositories go; made if missing, and removed when the server is closed
     * @return the running server
     */
    public static GitServer start(Path directory) {
        // Measuring the file system takes a second or more, and its result only matters to work trees.
        FileStoreAttributes.setBackground(true);
        OwnedDirectory repositories = OwnedDirectory.of(directory);
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, runnable -> {
                Thread thread = new Thread(runnable, "git server");
                thread.setDaemon(true);
                return thread;
            });
            GitServer server = new GitServer(http, threads, repositories, Passwords.next());
            http.setExecutor(threads);
            http.createContext("/", new GitOverHttp(directory, server.token, server.listeners));
            http.start();
            return server;
        } catch (IOException e) {
            repositories.close();
            throw new UncheckedIOException("the git server does not start", e);
        }
    }

    /** {@return where the server is, {@code http://127.0.0.1:port}, without a slash at the end} */
    public String url() {
        return "http://%s:%d".formatted(Ports.HOST, http.getAddress().getPort());
    }

    /** {@return the token that clients give as password} */
    public String token() {
        return token;
    }

    /**
     * {@return where clients find a repository, without credentials}
     * @param repository {@code owner/name}
     */
    public String url(String repository) {
        return "%s/%s.git".formatted(url(), repository);
    }

    /**
     * Makes an empty bare repository whose default branch is {@code main}.
     *
     * @param repository {@code owner/name}
     * @return its directory
     */
    public Path createRepository(String repository) {
        Path bare = repositoryDirectory(repository);
        try (Git git = Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setGitDir(bare.toFile())
                .call()) {
            return git.getRepository().getDirectory().toPath();
        } catch (GitAPIException e) {
            throw new IllegalStateException("cannot make repository " + repository, e);
        }
    }

    /**
     * {@return the directory of a bare repository, for a look at what was pushed}
     * @param repository {@code owner/name}
     */
    public Path repositoryDirectory(String repository) {
        if (!repository.matches("[\\w.-]+/[\\w.-]+") || repository.matches("\\.{1,2}/.*|.*/\\.{1,2}")) {
            throw new IllegalArgumentException("not owner/name: " + repository);
        }
        return directory.path().resolve(repository + ".git");
    }

    /**
     * {@return whether there is such a repository}
     * @param repository {@code owner/name}
     */
    public boolean hasRepository(String repository) {
        return Files.isDirectory(repositoryDirectory(repository));
    }

    /**
     * Adds somebody to be told of each push.
     *
     * @param listener told after the references have changed
     */
    public void addPushListener(PushListener listener) {
        listeners.add(listener);
    }

    /** Stops the server and removes its repositories. Does nothing the second time. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        directory.close();
    }
}
