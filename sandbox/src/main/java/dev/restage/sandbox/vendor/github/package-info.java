/**
 * The stand-in of GitHub: repositories over real git, pull requests, checks and workflows.
 */
@NullMarked
package dev.restage.sandbox.vendor.github;

import org.jspecify.annotations.NullMarked;
