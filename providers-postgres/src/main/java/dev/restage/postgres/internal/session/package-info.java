/** Connections to servers: opening, asking, cancelling, and saying in our terms why a server refused. Not part of the API. */
@NullMarked
package dev.restage.postgres.internal.session;

import org.jspecify.annotations.NullMarked;
