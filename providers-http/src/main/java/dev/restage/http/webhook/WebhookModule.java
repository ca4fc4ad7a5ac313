package dev.restage.http.webhook;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.restage.http.HttpSettings;
import dev.restage.provider.Address;
import dev.restage.provider.AddressForm;
import dev.restage.provider.ProviderModule;
import dev.restage.provider.ResourceFactory;
import dev.restage.provider.Secret;
import dev.restage.provider.Variables;
import java.util.regex.Pattern;

/**
 * Serves chat webhooks, {@code webhook:SLACK_WEBHOOK_URL}.
 *
 * <p>A webhook's address names the variable that holds its URL, for the URL is the credential. The parameter
 * {@code mention} rings people: {@code webhook:SLACK_WEBHOOK_URL?mention=here}; it takes {@code here},
 * {@code channel}, {@code everyone}, or the id of a Slack user or user group.
 */
public final class WebhookModule extends AbstractModule implements ProviderModule {

    /** The scheme of chat webhooks that take Slack's payload. */
    public static final String WEBHOOK = "webhook";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Makes the module; it reads nothing yet. */
    public WebhookModule() {}

    @ProvidesIntoMap
    @StringMapKey(WEBHOOK)
    @Singleton
    ResourceFactory webhooks(Variables variables) {
        return ResourceFactory.of(AddressForm.of("mention"), address -> {
            String mention = SlackPayload.mention(address.parameters().getOrDefault("mention", ""));
            Secret url = variables.secret(variable(address), "to post messages to " + WEBHOOK + ":" + address.path());
            return new WebhookNotifier(
                    WEBHOOK + ":" + address.path(), url, mention, WebhookNotifier.RETRY, HttpSettings.from(variables));
        });
    }

    private static String variable(Address address) {
        if (!VARIABLE.matcher(address.path()).matches()) {
            // not shown, as somebody may have written the URL itself
            throw new IllegalArgumentException("an address of the scheme webhook names the variable that holds the URL,"
                    + " and never the URL itself: write webhook:SLACK_WEBHOOK_URL");
        }
        return address.path();
    }
}
