package dev.restage.git;

import java.net.URI;
import java.util.Optional;

/**
 * What a vendor knows of the repositories on its server, for addresses that name them by URL: {@code git:https://…}. Its module binds it
 * into Guice's set of {@code GitVendor}s.
 */
public interface GitVendor {

    /**
     * {@return how to log in to read and write a repository; empty if it is not on this server, or there is no login}
     *
     * @param repository an http(s) URL without a user
     */
    Optional<GitLogin> login(URI repository);

    /**
     * {@return one name for all addresses of a repository, former ones too, in the form of {@link GitBranches#nameOf}; empty if it is not
     * on this server, or nobody can be asked}
     *
     * @param repository an http(s) URL without a user
     */
    Optional<String> nameOf(URI repository);
}
