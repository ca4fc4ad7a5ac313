/**
 * Which host of the target stands for which of production, in the site records of Django and Wagtail and in what is written.
 */
@NullMarked
package dev.restage.recipe.sites;

import org.jspecify.annotations.NullMarked;
