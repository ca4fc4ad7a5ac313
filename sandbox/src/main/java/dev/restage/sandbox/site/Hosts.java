package dev.restage.sandbox.site;

/**
 * The host names of one environment. All are served by TLS on port 443.
 *
 * @param main of the default site
 * @param second of the other site
 * @param media of images and documents
 */
public record Hosts(String main, String second, String media) {}
