@NullMarked
package dev.restage.postgres.internal.schema;

import org.jspecify.annotations.NullMarked;
