/**
 * Ready plans, {@code StagingReset} and {@code Pull}, and what they ask of the software that a site is built with: a {@code
 * Framework}. Those that ship have rooms below, {@code django} and {@code wagtail}; {@code sites} says which host of the target stands
 * for which of production.
 *
 * <p>May use {@code dev.restage.step}, {@code plan}, {@code provider}, {@code masking} and {@code media}; no step knows of a recipe.
 */
@NullMarked
package dev.restage.recipe;

import org.jspecify.annotations.NullMarked;
