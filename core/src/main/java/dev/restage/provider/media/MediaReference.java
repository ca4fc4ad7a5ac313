package dev.restage.provider.media;

/**
 * A media file that rows of a database name.
 *
 * @param key the file's key in a media store, below the store's prefix
 * @param column the column that names it, the first one if there are several: {@code public.gallery_image.file}
 * @param rows how many rows name it, in all columns
 */
public record MediaReference(String key, String column, long rows) {}
