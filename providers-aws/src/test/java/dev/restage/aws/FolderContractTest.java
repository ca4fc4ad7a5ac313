package dev.restage.aws;

import dev.restage.media.folder.FolderModule;
import dev.restage.provider.media.MediaStore;
import dev.restage.testkit.MediaStoreContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Here because core must not know the sandbox, where the contract is. */
class FolderContractTest extends MediaStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected MediaStore store() {
        return Stores.open(new FolderModule(), Map.of(), "file:" + folder);
    }
}
