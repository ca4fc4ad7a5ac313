package dev.restage.engine;

import dev.restage.Restage;
import dev.restage.World;
import dev.restage.plan.Environment;
import dev.restage.plan.PlanStep;
import dev.restage.plan.ResetPlan;
import dev.restage.plan.Step;
import dev.restage.run.Receipt;
import dev.restage.run.RunListener;
import dev.restage.run.StepRecord;
import dev.restage.run.StepRecord.Outcome;
import dev.restage.store.RunStore;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A small staging of cells, the plans that change it, and what runs them. */
final class Stage {

    private Stage() {}

    static final Environment PRODUCTION =
            Environment.production("prod").database("fake:prod/db").build();

    /** A plan whose target lists cells. */
    static ResetPlan.Builder plan(String... cells) {
        Environment.Builder staging = Environment.staging("stage").database("fake:stage/db");
        for (String cell : cells) {
            staging.also("fake:" + cell);
        }
        return ResetPlan.builder("test", PRODUCTION, staging.build());
    }

    static PlanStep step(String name, String... after) {
        return new PlanStep(name, Step.of(name, context -> {}), Set.of(after));
    }

    static Restage open(World world, Path home, RunListener... listeners) {
        Restage.Builder builder =
                Restage.builder().module(world).variables(Map.of("RESTAGE_HOME", home.toString(), "TOKEN", "t0ken"));
        for (RunListener listener : listeners) {
            builder.listener(listener);
        }
        return builder.build();
    }

    static Restage open(World world, Path home, RunStore store) {
        return Restage.builder()
                .module(world)
                .variables(Map.of("RESTAGE_HOME", home.toString(), "TOKEN", "t0ken"))
                .store(store)
                .build();
    }

    static Receipt run(Restage restage, ResetPlan plan) {
        return restage.run(restage.preview(plan));
    }

    /** How each step ended, in the order in which they began. */
    static Map<String, Outcome> outcomes(Receipt receipt) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (StepRecord step : receipt.steps()) {
            outcomes.put(step.name(), step.outcome());
        }
        return outcomes;
    }

    static Path journal(Path home, String runId) {
        return home.resolve("runs").resolve(runId).resolve("journal.jsonl");
    }
}
