package dev.restage.postgres;

import dev.restage.postgres.connection.ConnectionSpec;

/** A resource that is a PostgreSQL database in the end, such as a hosting company's. Such databases copy each other. */
public interface PostgresBacked {

    /** {@return how the database itself is reached, as of now} */
    ConnectionSpec connection();
}
