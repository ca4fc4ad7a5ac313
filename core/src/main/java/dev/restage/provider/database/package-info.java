/**
 * The roles of databases: what is read from one, copied, masked and snapshotted.
 */
@NullMarked
package dev.restage.provider.database;

import org.jspecify.annotations.NullMarked;
