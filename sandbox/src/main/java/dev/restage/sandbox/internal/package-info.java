/** What several rooms of the sandbox use. Knows none of them. Not API, as everything below a package of this name. */
@NullMarked
package dev.restage.sandbox.internal;

import org.jspecify.annotations.NullMarked;
