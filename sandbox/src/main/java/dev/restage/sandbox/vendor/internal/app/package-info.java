/**
 * A Django site as a host runs it: its pages, {@code manage.py}, and a shell. Knows no host; may use the package above.
 */
@NullMarked
package dev.restage.sandbox.vendor.internal.app;

import org.jspecify.annotations.NullMarked;
