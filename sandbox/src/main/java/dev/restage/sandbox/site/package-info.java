/**
 * An invented site on Django and Wagtail, in a production and a staging environment: databases, media, caches and the
 * repository of its code.
 *
 * <p>What is here tells of the site; it is made in {@code internal}. Everything follows from a seed and a scale, persons
 * included: their names are made up, their addresses are of domains reserved for examples. Only the commit dates of the
 * repository follow the calendar.
 */
@NullMarked
package dev.restage.sandbox.site;

import org.jspecify.annotations.NullMarked;
