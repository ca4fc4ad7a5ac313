package dev.restage.plan;

/** What an environment is for; the engine never writes to {@link #PRODUCTION}. */
public enum Role {
    /** Serves customers. Only read, whatever a plan says. */
    PRODUCTION,
    /** Serves colleagues and the client's testers; made anew from production. */
    STAGING,
    /** A developer's own machine. */
    LOCAL
}
