/**
 * The real servers of the sandbox: PostgreSQL, Redis and git, each on a free port of 127.0.0.1.
 *
 * <p>Every server can be used alone, in a test of a provider for instance. None outlives the JVM that started it, not
 * even when that JVM is killed. Linux and macOS; nothing needs to be installed but a JDK.
 */
@NullMarked
package dev.restage.sandbox.server;

import org.jspecify.annotations.NullMarked;
