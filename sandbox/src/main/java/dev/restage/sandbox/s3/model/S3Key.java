package dev.restage.sandbox.s3.model;

import dev.restage.provider.Secret;

/**
 * An access key of one user.
 *
 * @param id the access key id
 * @param secret the secret access key
 * @param user the user's name, which refusals quote
 */
public record S3Key(String id, Secret secret, String user) {}
