@org.jspecify.annotations.NullMarked
package dev.restage.aws.bench;
