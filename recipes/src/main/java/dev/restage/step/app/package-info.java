/**
 * Steps of an app that runs: its processes, its deployment, its pages and the caches before it.
 */
@NullMarked
package dev.restage.step.app;

import org.jspecify.annotations.NullMarked;
