package dev.restage.sandbox.vendor.heroku;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An app to be hosted by the Heroku stand-in. Each config var that holds a {@code postgres:} or {@code redis:} URL becomes an add-on
 * with an attachment, as on Heroku.
 *
 * @param name the name of the app
 * @param repository the directory of the bare repository that it is deployed from, ending in {@code owner/name.git}
 * @param branch the branch whose pushes are deployed
 * @param stage its stage in the pipeline: {@code production}, {@code staging}, ...; empty for no pipeline
 * @param formation process types and how many dynos each has
 * @param configVars the config vars at the start
 */
public record HerokuApp(
        String name,
        Path repository,
        String branch,
        String stage,
        Map<String, Integer> formation,
        Map<String, String> configVars) {

    /**
     * Copies both maps and keeps their order.
     *
     * @param name the name of the app
     * @param repository the directory of the bare repository that it is deployed from, ending in {@code owner/name.git}
     * @param branch the branch whose pushes are deployed
     * @param stage its stage in the pipeline
     * @param formation process types and how many dynos each has
     * @param configVars the config vars at the start
     */
    public HerokuApp {
        formation = Collections.unmodifiableMap(new LinkedHashMap<>(formation));
        configVars = Collections.unmodifiableMap(new LinkedHashMap<>(configVars));
    }
}
