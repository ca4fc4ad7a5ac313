/**
 * The database of the site: Django's and Wagtail's tables, and the rows of a content.
 */
@NullMarked
package dev.restage.sandbox.site.internal.rows;

import org.jspecify.annotations.NullMarked;
