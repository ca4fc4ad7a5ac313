package dev.restage.sandbox;

import dev.restage.plan.Environment;
import dev.restage.sandbox.s3.S3Server;
import dev.restage.sandbox.server.GitServer;
import dev.restage.sandbox.server.HerokuDatabases;
import dev.restage.sandbox.server.PostgresServer;
import dev.restage.sandbox.server.RedisServer;
import dev.restage.sandbox.site.Hosts;
import dev.restage.sandbox.site.Site;
import dev.restage.sandbox.site.SiteEnvironment;
import dev.restage.sandbox.vendor.chat.WebhookStandIn;
import dev.restage.sandbox.vendor.cloudflare.CloudflareStandIn;
import dev.restage.sandbox.vendor.github.GitHubStandIn;
import dev.restage.sandbox.vendor.heroku.HerokuApp;
import dev.restage.sandbox.vendor.heroku.HerokuStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The vendors around the servers: hosting, code, delivery network and chat, joined as they are for a real site. A push
 * to the git server is deployed and checked, and each app uses its own database and cache.
 */
final class Cloud {

    private static final String PRODUCTION_APP = "acme-production";
    private static final String STAGING_APP = "acme-staging";
    private static final String HEROKU_TOKEN = "sandbox-heroku-token";
    private static final String CLOUDFLARE_TOKEN = "sandbox-cloudflare-token";

    private final HerokuStandIn heroku;
    private final GitHubStandIn github;
    private final CloudflareStandIn cloudflare;
    private final WebhookStandIn webhook;
    private final Map<String, String> variables;
    private final Environment production;
    private final Environment staging;

    Cloud(
            Started started,
            Path root,
            Site site,
            PostgresServer postgres,
            RedisServer redis,
            S3Server s3,
            GitServer git) {
        Path home = directory(root.resolve("home"));
        heroku =
                started.keep(new HerokuStandIn(HEROKU_TOKEN, new ProviderBackups(home, new HerokuDatabases(postgres))));
        github = started.keep(new GitHubStandIn(git.token()));
        cloudflare = started.keep(new CloudflareStandIn(CLOUDFLARE_TOKEN));
        webhook = started.keep(new WebhookStandIn());
        Path repository = git.repositoryDirectory(site.repository());
        github.addRepository(site.repository(), repository);
        git.addPushListener(heroku);
        git.addPushListener(github);
        github.addPushListener(heroku);

        Map<String, String> stagingVars = configVars(site.staging());
        stagingVars.put("REDIS_URL", redis.url(0));
        stagingVars.put("KEY_PREFIX", site.cache().prefix());
        stagingVars.put("SEO_NOINDEX", "true");
        URI productionWeb = heroku.addApp(new HerokuApp(
                PRODUCTION_APP,
                repository,
                site.branches().main(),
                "production",
                Map.of("web", 1, "worker", 1),
                configVars(site.production())));
        URI stagingWeb = heroku.addApp(new HerokuApp(
                STAGING_APP,
                repository,
                site.branches().staging(),
                "staging",
                Map.of("web", 1, "worker", 1, "clock", 1),
                stagingVars));
        String zone = cloudflare.addZone("acme.example");

        String productionHost = site.production().hosts().main();
        String stagingHost = site.staging().hosts().main();
        production = Environment.production("production")
                .app("heroku:" + PRODUCTION_APP)
                .database("heroku-postgres:" + PRODUCTION_APP)
                .media("s3://" + site.production().bucket() + "/" + Site.MEDIA_LOCATION)
                .cache("cloudflare:zone/" + zone + "/" + productionHost)
                .code("github:" + site.repository() + "#" + site.branches().main())
                .web("http://" + productionHost + ":" + productionWeb.getPort() + "/")
                .build();
        staging = Environment.staging("staging")
                .app("heroku:" + STAGING_APP)
                .database("heroku-postgres:" + STAGING_APP)
                .media("s3://" + site.staging().bucket() + "/" + Site.MEDIA_LOCATION)
                .cache("redis://%s:%d?databases=0,1&prefix=%s"
                        .formatted(redis.host(), redis.port(), site.cache().prefix()))
                .cache("cloudflare:zone/" + zone + "/" + stagingHost)
                .code("github:" + site.repository() + "#" + site.branches().staging())
                .web("http://" + stagingHost + ":" + stagingWeb.getPort() + "/")
                .build();

        variables = new TreeMap<>();
        variables.put("RESTAGE_HOME", home.toString());
        variables.put("RESTAGE_MASKING_KEY", "sandbox masking key, known to everybody");
        variables.put("RESTAGE_RESOLVE", productionHost + "=127.0.0.1," + stagingHost + "=127.0.0.1");
        variables.put("RESTAGE_CA_FILE", write(root.resolve("ca.pem"), heroku.caCertificatePem()));
        variables.put("HEROKU_API_URL", heroku.endpoint().toString());
        variables.put("HEROKU_DATA_URL", heroku.endpoint().toString());
        variables.put("HEROKU_GIT_URL", heroku.endpoint().toString());
        variables.put("HEROKU_API_KEY", HEROKU_TOKEN);
        variables.put("GITHUB_API_URL", github.endpoint().toString());
        variables.put("GITHUB_SERVER_URL", git.url());
        variables.put("GITHUB_TOKEN", git.token());
        variables.put("CLOUDFLARE_API_URL", cloudflare.endpoint().toString());
        variables.put("CLOUDFLARE_API_TOKEN", CLOUDFLARE_TOKEN);
        variables.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_ACCESS_KEY_ID", s3.accessKey());
        variables.put("AWS_SECRET_ACCESS_KEY", s3.secretKey());
        variables.put("REDIS_PASSWORD", redis.password());
        variables.put("COLLEAGUES_WEBHOOK_URL", webhook.hook("colleagues").toString());
        variables.put("CLIENT_WEBHOOK_URL", webhook.hook("client").toString());
    }

    private static Map<String, String> configVars(SiteEnvironment environment) {
        Hosts hosts = environment.hosts();
        Map<String, String> vars = new LinkedHashMap<>();
        vars.put("DATABASE_URL", environment.database().url());
        vars.put("PRIMARY_HOST", hosts.main());
        vars.put("MEDIA_URL", "https://" + hosts.media() + "/" + Site.MEDIA_LOCATION);
        vars.put("AWS_STORAGE_BUCKET_NAME", environment.bucket());
        return vars;
    }

    private static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path, e);
        }
    }

    private static String write(Path path, String text) {
        try {
            return Files.writeString(path, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    HerokuStandIn heroku() {
        return heroku;
    }

    GitHubStandIn github() {
        return github;
    }

    CloudflareStandIn cloudflare() {
        return cloudflare;
    }

    WebhookStandIn webhook() {
        return webhook;
    }

    Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    Environment production() {
        return production;
    }

    Environment staging() {
        return staging;
    }
}
