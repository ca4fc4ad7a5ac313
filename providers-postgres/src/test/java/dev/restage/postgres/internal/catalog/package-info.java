@NullMarked
package dev.restage.postgres.internal.catalog;

import org.jspecify.annotations.NullMarked;
