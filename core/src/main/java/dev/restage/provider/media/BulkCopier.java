package dev.restage.provider.media;

import dev.restage.provider.Progress;
import dev.restage.provider.ProviderException;
import dev.restage.provider.Writes;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets a media store copy many objects of one source by a job of its own, which runs on when this machine does not. Keys,
 * metadata and tags stay as they are. What the job leaves out or fails at is to be copied one by one afterwards.
 */
public interface BulkCopier {

    /**
     * What a job has done.
     *
     * @param job its id, as the vendor's console shows it
     * @param startedAt when it was made, by the store's clock
     * @param copied how many objects it has copied
     * @param failed how many it could not copy
     * @param samples the first few of them, with the reason
     */
    record Outcome(String job, Instant startedAt, long copied, long failed, List<String> samples) {

        /**
         * Copies the samples.
         *
         * @param job its id
         * @param startedAt when it was made
         * @param copied how many objects it has copied
         * @param failed how many it could not copy
         * @param samples the first few of them
         */
        public Outcome {
            samples = List.copyOf(samples);
        }
    }

    /**
     * {@return whether a job can copy the object}
     *
     * @param object the object as the source listed it
     */
    boolean takes(MediaObject object);

    /**
     * {@return whether the work of this name has begun: then {@link #copy} goes on with it}
     *
     * @param token the name
     */
    boolean begun(String token);

    /**
     * Copies objects by a job and waits for its end, or for that of the job that an earlier call has made for the same
     * token, of which there is never a second one unless it has failed or was cancelled. An interrupt cancels the job.
     *
     * @param token names the work, in at most 60 letters, digits and hyphens: the same when a run goes on
     * @param objects hands the objects over, from any thread; not asked if they have been handed over already
     * @param progress told of objects done
     * @return what was done
     * @throws ProviderException if the job cannot be made, fails as a whole, or waits for somebody's consent
     */
    @Writes
    Outcome copy(String token, Consumer<Consumer<MediaObject>> objects, Progress progress);
}
