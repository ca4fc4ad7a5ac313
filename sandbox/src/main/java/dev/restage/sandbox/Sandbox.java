package dev.restage.sandbox;

import static java.util.concurrent.CompletableFuture.supplyAsync;

import dev.restage.plan.Environment;
import dev.restage.sandbox.s3.S3Server;
import dev.restage.sandbox.server.GitServer;
import dev.restage.sandbox.server.OwnedDirectory;
import dev.restage.sandbox.server.PostgresServer;
import dev.restage.sandbox.server.RedisServer;
import dev.restage.sandbox.site.Site;
import dev.restage.sandbox.site.internal.SiteGenerator;
import dev.restage.sandbox.vendor.chat.WebhookStandIn;
import dev.restage.sandbox.vendor.cloudflare.CloudflareStandIn;
import dev.restage.sandbox.vendor.github.GitHubStandIn;
import dev.restage.sandbox.vendor.heroku.HerokuStandIn;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Real servers on free ports of 127.0.0.1, with a site in a production and a staging environment on them. Nothing of it
 * outlives this JVM, however that ends.
 *
 * <p>May be used by several threads at once.
 */
public final class Sandbox implements AutoCloseable {

    private static final int THREADS = 5;

    private final Started started;
    private final PostgresServer postgres;
    private final RedisServer redis;
    private final S3Server s3;
    private final GitServer git;
    private final Site site;
    private final Cloud cloud;

    private Sandbox(
            Started started,
            PostgresServer postgres,
            RedisServer redis,
            S3Server s3,
            GitServer git,
            Site site,
            Cloud cloud) {
        this.started = started;
        this.postgres = postgres;
        this.redis = redis;
        this.s3 = s3;
        this.git = git;
        this.site = site;
        this.cloud = cloud;
    }

    /** {@return a sandbox with a small site} */
    public static Sandbox start() {
        return start(SandboxOptions.standard());
    }

    /**
     * Starts all servers side by side, fills them, and waits until all is ready: some seconds.
     *
     * @param options what the sandbox is to hold
     * @return the sandbox
     */
    public static Sandbox start(SandboxOptions options) {
        Started started = new Started();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            return start(options, started, threads);
        } catch (CompletionException e) {
            started.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    /** {@return the server with the databases of both environments} */
    public PostgresServer postgres() {
        return postgres;
    }

    /** {@return staging's cache} */
    public RedisServer redis() {
        return redis;
    }

    /** {@return the server with the buckets of both environments} */
    public S3Server s3() {
        return s3;
    }

    /** {@return the server with the repository of the site's code} */
    public GitServer git() {
        return git;
    }

    /** {@return what was generated} */
    public Site site() {
        return site;
    }

    /** {@return the hosting of both apps} */
    public HerokuStandIn heroku() {
        return cloud.heroku();
    }

    /** {@return the code host's API} */
    public GitHubStandIn github() {
        return cloud.github();
    }

    /** {@return the delivery network before both environments} */
    public CloudflareStandIn cloudflare() {
        return cloud.cloudflare();
    }

    /** {@return the chat} */
    public WebhookStandIn webhook() {
        return cloud.webhook();
    }

    /** {@return the environment to copy from, with the addresses of all its resources} */
    public Environment production() {
        return cloud.production();
    }

    /** {@return the environment to reset} */
    public Environment staging() {
        return cloud.staging();
    }

    /** {@return the variables by which providers find and enter this sandbox, for {@code Restage.builder().variables}} */
    public Map<String, String> variables() {
        return cloud.variables();
    }

    /** Stops everything and removes every file. Does nothing the second time. */
    @Override
    public void close() {
        started.close();
    }

    private static Sandbox start(SandboxOptions options, Started started, ExecutorService threads) {
        Path root =
                started.keep(OwnedDirectory.createTemporary("restage-sandbox-")).path();
        var generator = supplyAsync(() -> new SiteGenerator(options.seed(), options.scale()), threads);
        var postgres = supplyAsync(() -> started.keep(PostgresServer.start(root.resolve("postgres"))), threads);
        var s3 = supplyAsync(() -> started.keep(S3Server.start()), threads);
        var redis = supplyAsync(() -> started.keep(RedisServer.start(root.resolve("redis"))), threads);
        var git = supplyAsync(() -> started.keep(GitServer.start(root.resolve("git"))), threads);
        var production = generator.thenCombineAsync(postgres, SiteGenerator::fillProduction, threads);
        var staging = generator.thenCombineAsync(postgres, SiteGenerator::fillStaging, threads);
        CompletableFuture.allOf(
                        production,
                        staging,
                        generator.thenAcceptBothAsync(s3, SiteGenerator::fill, threads),
                        generator.thenAcceptBothAsync(redis, SiteGenerator::fill, threads),
                        generator.thenAcceptBothAsync(git, SiteGenerator::fill, threads))
                .join();
        Site site = generator.join().site(production.join(), staging.join());
        Cloud cloud = new Cloud(started, root, site, postgres.join(), redis.join(), s3.join(), git.join());
        return new Sandbox(started, postgres.join(), redis.join(), s3.join(), git.join(), site, cloud);
    }
}
