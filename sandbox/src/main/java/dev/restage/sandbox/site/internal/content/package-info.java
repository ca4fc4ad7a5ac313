/**
 * What an environment of the site holds, before it becomes rows and objects. Pure: a seed and a scale decide all.
 */
@NullMarked
package dev.restage.sandbox.site.internal.content;

import org.jspecify.annotations.NullMarked;
