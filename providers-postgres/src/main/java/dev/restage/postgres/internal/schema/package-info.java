/**
 * What of some contents is carried besides rows: which kinds of objects, what reads from elsewhere, and what definitions
 * say of people and passwords. Looks at texts alone, so that a database and an archive are judged alike. Not part of the API.
 */
@NullMarked
package dev.restage.postgres.internal.schema;

import org.jspecify.annotations.NullMarked;
