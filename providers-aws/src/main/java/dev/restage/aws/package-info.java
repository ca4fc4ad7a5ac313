/** Amazon Web Services: media in S3 and in stores that speak its protocol. */
@NullMarked
package dev.restage.aws;

import org.jspecify.annotations.NullMarked;
