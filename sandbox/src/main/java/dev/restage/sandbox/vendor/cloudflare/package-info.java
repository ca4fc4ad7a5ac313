/**
 * The stand-in of Cloudflare: zones and purges.
 */
@NullMarked
package dev.restage.sandbox.vendor.cloudflare;

import org.jspecify.annotations.NullMarked;
