/**
 * Git repositories by path or URL, and GitHub: branches, merges, workflows and the state of continuous integration.
 * Only {@link dev.restage.github.GitHubModule} and its configuration are for users.
 */
@NullMarked
package dev.restage.github;

import org.jspecify.annotations.NullMarked;
