package dev.restage.store;

import dev.restage.provider.ProviderException;
import dev.restage.run.RunId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Journals as files, {@code <folder>/<run id>/journal.jsonl}. */
final class FolderRunStore implements RunStore {

    private final Path folder;

    FolderRunStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public RunLog create(String runId) throws IOException {
        Path journal = journal(runId);
        Path home = FileLog.parent(journal);
        Files.createDirectories(home);
        Taken taken = take(runId, home);
        try {
            Files.createFile(journal);
            sync(home);
            sync(folder);
            return new FileLog(journal, taken);
        } catch (FileAlreadyExistsException e) {
            taken.close();
            throw new ProviderException(
                    ProviderException.Kind.CONFLICT,
                    "there is a run " + runId + " in " + folder + " already: a new run needs an id of its own",
                    e);
        } catch (IOException e) {
            taken.close();
            throw e;
        }
    }

    @Override
    public RunLog open(String runId) throws IOException {
        Path journal = journal(runId);
        if (!Files.exists(journal)) {
            throw new ProviderException(
                    ProviderException.Kind.NOT_FOUND, "there is no run " + runId + " in " + folder, null);
        }
        Taken taken = take(runId, FileLog.parent(journal));
        try {
            return new FileLog(journal, taken);
        } catch (IOException e) {
            taken.close();
            throw e;
        }
    }

    private Taken take(String runId, Path home) throws IOException {
        return Taken.of(home)
                .orElseThrow(() -> new ProviderException(
                        ProviderException.Kind.CONFLICT,
                        "run %s in %s is going on in another process or thread: wait for its end"
                                .formatted(runId, folder),
                        null));
    }

    @Override
    public Optional<byte[]> read(String runId) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(journal(runId)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isTaken(String runId) throws IOException {
        Path home = FileLog.parent(journal(runId));
        return Files.exists(home) && Taken.isTaken(home);
    }

    @Override
    public List<String> list() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(folder)) {
            return runs.filter(run -> Files.exists(run.resolve("journal.jsonl")))
                    .map(run -> String.valueOf(run.getFileName()))
                    .filter(RunId::isValid)
                    .sorted()
                    .toList();
        }
    }

    private Path journal(String runId) {
        return folder.resolve(RunId.checked(runId)).resolve("journal.jsonl");
    }

    /** A new file is lost with the machine as long as its folder is not written. Some systems cannot open a folder, and need not. */
    private static void sync(Path folder) throws IOException {
        // a channel is closed by an interruption, and the journal of an interrupted run must be made whole
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = open(folder)) {
            channel.force(true);
        } catch (UnsupportedOperationException | java.nio.file.AccessDeniedException e) {
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(folder, StandardOpenOption.READ);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
