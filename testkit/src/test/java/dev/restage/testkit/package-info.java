@org.jspecify.annotations.NullMarked
package dev.restage.testkit;
