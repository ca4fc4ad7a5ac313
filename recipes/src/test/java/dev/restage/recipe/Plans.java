package dev.restage.recipe;

import dev.restage.plan.Environment;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.recipe.wagtail.Wagtail;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Environments to plan for, and a look into plans. */
public final class Plans {

    private Plans() {}

    /** {@return a production that has everything} */
    public static Environment.Builder production() {
        return Environment.production("production")
                .app("heroku:acme")
                .database("postgres://u@p/db")
                .media("s3://acme-media/")
                .code("github:acme/site#main")
                .web("https://user@www.acme.example:8443/home");
    }

    /** {@return a staging that has everything} */
    public static Environment.Builder staging() {
        return Environment.staging("staging")
                .app("heroku:acme-staging")
                .database("postgres://u@s/db")
                .media("s3://acme-staging-media/")
                .cache("redis://s:6379/0?prefix=acme")
                .cache("cloudflare:zone/0123456789abcdef0123456789abcdef/staging.acme.example")
                .code("github:acme/site#staging")
                .web("https://staging.acme.example/");
    }

    /** {@return a reset with every phase} */
    static StagingReset whole() {
        return StagingReset.of(production().build(), staging().build())
                .framework(Wagtail.site())
                .tellColleagues("webhook:SLACK")
                .tellClient("webhook:CLIENT");
    }

    /** {@return the only step of a name} */
    public static <S extends Step> S step(ResetPlan plan, String name, Class<S> type) {
        return type.cast(plan.steps().stream()
                .filter(step -> step.name().equals(name))
                .map(PlanStep::step)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + name + " in " + plan)));
    }

    /** {@return step to the steps that must be done before, in the order of their names} */
    public static Map<String, List<String>> order(ResetPlan plan) {
        Map<String, List<String>> order = new TreeMap<>();
        plan.steps()
                .forEach(step ->
                        order.put(step.name(), step.after().stream().sorted().toList()));
        return order;
    }

    /** {@return the names of its steps} */
    public static List<String> names(ResetPlan plan) {
        return plan.steps().stream().map(PlanStep::name).toList();
    }
}
