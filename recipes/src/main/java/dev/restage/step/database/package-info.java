/**
 * Steps of databases, and the few statements of SQL that they share.
 */
@NullMarked
package dev.restage.step.database;

import org.jspecify.annotations.NullMarked;
