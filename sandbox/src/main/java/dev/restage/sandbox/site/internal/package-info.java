/**
 * Invents a site and puts it on servers. May use the packages below and the servers.
 */
@NullMarked
package dev.restage.sandbox.site.internal;

import org.jspecify.annotations.NullMarked;
