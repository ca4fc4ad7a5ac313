/**
 * Stand-ins for the vendors' APIs: Heroku, GitHub, Cloudflare and a chat webhook. They listen on free ports of 127.0.0.1, keep
 * state, answer in the vendors' published shapes and can be told to misbehave. Nothing here knows a provider.
 */
@NullMarked
package dev.restage.sandbox.vendor;

import org.jspecify.annotations.NullMarked;
