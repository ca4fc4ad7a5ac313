package dev.restage.plan;

import dev.restage.masking.MaskingPolicy;

/** A masking policy as text that a person can read and edit, in the form that it has inside a plan. */
public final class PolicyText {

    private PolicyText() {}

    /**
     * {@return the policy as YAML}
     *
     * @param policy the policy
     */
    public static String yaml(MaskingPolicy policy) {
        return PlanFormat.YAML.writePolicy(policy);
    }

    /**
     * {@return the policy as JSON}
     *
     * @param policy the policy
     */
    public static String json(MaskingPolicy policy) {
        return PlanFormat.JSON.writePolicy(policy);
    }

    /**
     * Reads a policy.
     *
     * @param text YAML, or JSON, which is YAML too
     * @return the policy
     * @throws dev.restage.provider.PlanException if it is none, with the line
     */
    public static MaskingPolicy read(String text) {
        return PlanFormat.YAML.readPolicy(text);
    }
}
