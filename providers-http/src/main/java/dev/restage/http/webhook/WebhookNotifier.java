package dev.restage.http.webhook;

import com.google.common.hash.Hashing;
import dev.restage.http.Credential;
import dev.restage.http.HttpSettings;
import dev.restage.http.RestClient;
import dev.restage.http.RestRequest;
import dev.restage.http.RestResponse;
import dev.restage.http.Retry;
import dev.restage.provider.Identity;
import dev.restage.provider.Message;
import dev.restage.provider.Notifier;
import dev.restage.provider.ProviderException;
import dev.restage.provider.RestageException.Effect;
import dev.restage.provider.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Posts to a webhook whose URL is the credential, so that it is shown nowhere. */
final class WebhookNotifier implements Notifier {

    /** A message is not worth minutes: three tries, and half a minute of a rate limit. */
    static final Retry RETRY = new Retry(3, Duration.ofMillis(500), Duration.ofSeconds(30));

    private final String name;
    private final Secret url;
    private final String mention;
    private final RestClient rest;

    WebhookNotifier(String name, Secret url, String mention, Retry retry, HttpSettings settings) {
        this.name = name;
        this.url = url;
        this.mention = mention;
        this.rest = RestClient.create(name, uri(name, url), Credential.none(), retry, settings);
    }

    @Override
    public Identity identity() {
        return Identity.of(
                "webhook",
                Hashing.sha256()
                        .hashString(url.reveal().strip(), StandardCharsets.UTF_8)
                        .toString());
    }

    @Override
    public void send(Message message) {
        try {
            // twice is better than never: the second try after an unclear answer may post it again
            RestResponse answer = rest.send(
                    RestRequest.post("").json(SlackPayload.of(message, mention)).repeatable());
            if (answer.body().stripLeading().startsWith("<")) {
                throw answer.notUnderstood("is not that of a webhook");
            }
        } catch (ProviderException e) {
            throw withoutUrl(e);
        }
    }

    @Override
    public void close() {
        rest.close();
    }

    /** Machines on the way like to quote the path of what they refuse. */
    private ProviderException withoutUrl(ProviderException e) {
        String said = String.valueOf(e.getMessage());
        String path = uri(name, url).getRawPath();
        String secret = path.substring(path.lastIndexOf('/') + 1);
        String shown = path.length() < 2 ? said : said.replace(path, "/***");
        if (!secret.isEmpty()) {
            shown = shown.replace(secret, "***");
        }
        return shown.equals(said) ? e : new ProviderException(e.kind(), shown, e.effect(), null);
    }

    private static URI uri(String name, Secret url) {
        try {
            URI uri = URI.create(url.reveal().strip());
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw notUrl(name);
        }
        throw notUrl(name);
    }

    /** Without a cause, for that would quote the value. */
    private static ProviderException notUrl(String name) {
        return new ProviderException(
                ProviderException.Kind.DENIED,
                "the variable of %s holds no URL: set it to the webhook's whole URL, which begins with https://"
                        .formatted(name),
                Effect.NONE,
                null);
    }

    @Override
    public String toString() {
        return name;
    }
}
