/**
 * What a Wagtail site needs besides the general steps and Django's.
 */
@NullMarked
package dev.restage.recipe.wagtail;

import org.jspecify.annotations.NullMarked;
