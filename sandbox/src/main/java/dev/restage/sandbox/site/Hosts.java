package dev.restage.sandbox.site;

/**
 * The host names of one environment. All are served by TLS on port 443.
 *
 * @param main of the default site
 * @param second of the other site
 * @param media of images and documents
 */
public record Hosts(String main, String second, String media) {

    static final Hosts PRODUCTION = new Hosts("www.acme.example", "events.acme.example", "media.acme.example");
    static final Hosts STAGING =
            new Hosts("staging.acme.example", "staging-events.acme.example", "media.staging.acme.example");
}
