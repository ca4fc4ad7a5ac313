/** Tests of the recipe for Wagtail. */
@org.jspecify.annotations.NullMarked
package dev.restage.recipe.wagtail;
