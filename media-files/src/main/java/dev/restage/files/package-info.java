/**
 * Removes what files say about people from images, PDF and Office files on their way to staging, and makes placeholders
 * for files that must stay behind.
 *
 * <ul>
 *   <li>here: the provider {@code cleaner:files}, which tells the format of a file by Tika, and who cleans it
 *   <li>{@code internal.picture}, {@code internal.svg}, {@code internal.pdf}, {@code internal.office}: those who
 *       clean, one room for each kind of files
 *   <li>{@code internal.file}: what they share
 * </ul>
 *
 * <p>The rooms know {@code internal.file} alone, and ask it to have files within files cleaned. May use
 * {@code dev.restage.provider}.
 */
@NullMarked
package dev.restage.files;

import org.jspecify.annotations.NullMarked;
