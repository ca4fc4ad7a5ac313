/** Tests of the vendors' stand-ins, over plain HTTP as their clients see them. */
@NullMarked
package dev.restage.sandbox.vendor;

import org.jspecify.annotations.NullMarked;
