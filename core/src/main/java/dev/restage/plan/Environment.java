package dev.restage.plan;

import dev.restage.provider.Address;
import dev.restage.provider.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A named deployment of one application and the addresses of its resources. Made with {@link #production},
 * {@link #staging} or {@link #local}.
 *
 * @param name how people call it
 * @param role what it is for
 * @param app the app on a hosting platform: {@code app:acme-staging}
 * @param database the database: {@code database:acme-staging}
 * @param media the media files: {@code store://acme-staging-media/media}
 * @param caches caches: {@code cache://host/0?prefix=acme}, {@code zone:<id>/<host>}
 * @param code the branch that is deployed here: {@code code:acme/site#staging}
 * @param web where visitors reach it: {@code site://staging.acme.example/}
 * @param others what else belongs to it: a second bucket, a second database. What a target does not list is not written, and
 *     what production lists is guarded
 * @param apart what belongs to it, does not say which thing it is, and is none that a plan writes: somebody vouches for that
 */
public record Environment(
        String name,
        Role role,
        @Nullable Address app,
        @Nullable Address database,
        @Nullable Address media,
        List<Address> caches,
        @Nullable Address code,
        @Nullable Address web,
        List<Address> others,
        List<Address> apart) {

    /**
     * Copies the lists.
     *
     * @param name how people call it
     * @param role what it is for
     * @param app the app on a hosting platform
     * @param database the database
     * @param media the media files
     * @param caches the caches
     * @param code the branch that is deployed here
     * @param web where visitors reach it
     * @param others what else belongs to it
     * @param apart what belongs to it, cannot be asked, and is none that a plan writes
     */
    public Environment {
        caches = List.copyOf(caches);
        others = List.copyOf(others);
        apart = List.copyOf(apart);
    }

    /**
     * Starts a production environment.
     *
     * @param name how people call it
     * @return a builder
     */
    public static Builder production(String name) {
        return new Builder(name, Role.PRODUCTION);
    }

    /**
     * Starts a staging environment.
     *
     * @param name how people call it
     * @return a builder
     */
    public static Builder staging(String name) {
        return new Builder(name, Role.STAGING);
    }

    /**
     * Starts a developer's own environment.
     *
     * @param name how people call it
     * @return a builder
     */
    public static Builder local(String name) {
        return new Builder(name, Role.LOCAL);
    }

    /** {@return the addresses of all its resources} */
    public Set<Address> addresses() {
        Set<Address> all = new TreeSet<>(caches);
        all.addAll(others);
        for (Address one : new @Nullable Address[] {app, database, media, code, web}) {
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    /**
     * Insists on one of the addresses.
     *
     * @param address one of this environment's components
     * @param what what it is, as in "has no database"
     * @return the address
     * @throws PlanException if it is missing
     */
    public Address require(@Nullable Address address, String what) {
        if (address == null) {
            throw new PlanException("the environment %s has no %s address: add .%s(\"…\") where it is made, or leave "
                            .formatted(name, what, what)
                    + "out the phases that need it");
        }
        return address;
    }

    /** Collects the addresses of an environment. */
    public static final class Builder {

        private final String name;
        private final Role role;
        private final List<Address> caches = new ArrayList<>();
        private final List<Address> others = new ArrayList<>();
        private final List<Address> apart = new ArrayList<>();
        private @Nullable Address app;
        private @Nullable Address database;
        private @Nullable Address media;
        private @Nullable Address code;
        private @Nullable Address web;

        private Builder(String name, Role role) {
            this.name = name;
            this.role = role;
        }

        /**
         * Names the app.
         *
         * @param address such as {@code app:acme-staging}
         * @return this builder
         */
        public Builder app(String address) {
            app = Address.of(address);
            return this;
        }

        /**
         * Names the database.
         *
         * @param address such as {@code database://me@localhost/acme}
         * @return this builder
         */
        public Builder database(String address) {
            database = Address.of(address);
            return this;
        }

        /**
         * Names the media store.
         *
         * @param address such as {@code store://acme-staging-media/media}
         * @return this builder
         */
        public Builder media(String address) {
            media = Address.of(address);
            return this;
        }

        /**
         * Adds a cache.
         *
         * @param address such as {@code cache://localhost/0?prefix=acme}
         * @return this builder
         */
        public Builder cache(String address) {
            caches.add(Address.of(address));
            return this;
        }

        /**
         * Names the repository and the branch that is deployed here.
         *
         * @param address such as {@code code:acme/site#staging}
         * @return this builder
         */
        public Builder code(String address) {
            code = Address.of(address);
            return this;
        }

        /**
         * Names the URL at which visitors reach it.
         *
         * @param address such as {@code site://staging.acme.example/}
         * @return this builder
         */
        public Builder web(String address) {
            web = Address.of(address);
            return this;
        }

        /**
         * Adds what else belongs to the environment, such as a second bucket, for plans that use it.
         *
         * @param address such as {@code store://acme-staging-documents/}
         * @return this builder
         */
        public Builder also(String address) {
            others.add(Address.of(address));
            return this;
        }

        /**
         * Vouches for a resource of this environment that cannot be asked which thing it is, or that only looks like one that a
         * plan writes: it is none of these. Also for what belongs to a resource without being its own, such as a database of
         * another environment that an app only reads. A plan is refused otherwise as long as it writes what might be that
         * thing. What this environment lists and what says itself that it is the same thing is refused all the same.
         *
         * @param address as the refusal names it: an address of this environment, or of what belongs to it
         * @return this builder
         */
        public Builder apart(String address) {
            apart.add(Address.of(address));
            return this;
        }

        /** {@return the environment} */
        public Environment build() {
            return new Environment(name, role, app, database, media, caches, code, web, others, apart);
        }
    }
}
