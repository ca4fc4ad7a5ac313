package dev.restage.postgres;

/** A resource that is a PostgreSQL database in the end, such as a hosting company's. Such databases copy each other. */
public interface PostgresBacked {

    /** {@return the database itself} */
    PostgresDatabase postgres();
}
