/**
 * Where the journals of runs are kept: a folder, or what somebody else builds on {@link dev.restage.store.RunStore}.
 */
@NullMarked
package dev.restage.store;

import org.jspecify.annotations.NullMarked;
