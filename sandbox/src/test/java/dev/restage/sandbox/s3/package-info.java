@NullMarked
package dev.restage.sandbox.s3;

import org.jspecify.annotations.NullMarked;
