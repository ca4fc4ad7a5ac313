/**
 * Branches of git repositories by path or URL. Users write addresses; a vendor of git servers builds upon
 * {@link dev.restage.git.GitBranches} and tells what it knows as a {@link dev.restage.git.GitVendor}. May use
 * {@code dev.restage.provider} and JGit.
 */
@NullMarked
package dev.restage.git;

import org.jspecify.annotations.NullMarked;
