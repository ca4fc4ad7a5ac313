/**
 * The stand-in of Heroku: platform API, data API, one-off dynos, logs and backups.
 */
@NullMarked
package dev.restage.sandbox.vendor.heroku;

import org.jspecify.annotations.NullMarked;
