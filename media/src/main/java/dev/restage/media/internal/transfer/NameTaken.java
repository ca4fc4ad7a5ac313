package dev.restage.media.internal.transfer;

import java.nio.file.FileSystemException;

/** A file stands in the way of a directory, or a directory with files in the way of a file. */
public final class NameTaken extends FileSystemException {

    private static final long serialVersionUID = 1;

    public NameTaken(String name) {
        super(name, null, "the name is taken");
    }
}
