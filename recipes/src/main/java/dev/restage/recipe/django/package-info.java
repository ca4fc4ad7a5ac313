/**
 * What a Django site needs besides the general steps.
 */
@NullMarked
package dev.restage.recipe.django;

import org.jspecify.annotations.NullMarked;
