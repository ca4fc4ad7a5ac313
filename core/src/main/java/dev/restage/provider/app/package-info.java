/**
 * The roles of an app that runs: its platform, its pages and the caches before it.
 */
@NullMarked
package dev.restage.provider.app;

import org.jspecify.annotations.NullMarked;
