/**
 * GitHub on top of git: workflows, the state of continuous integration, and which repository one really is. Only
 * {@link dev.restage.github.GitHubModule} and its configuration are for users. May use {@code dev.restage.provider},
 * {@code dev.restage.git} and {@code dev.restage.http}.
 */
@NullMarked
package dev.restage.github;

import org.jspecify.annotations.NullMarked;
