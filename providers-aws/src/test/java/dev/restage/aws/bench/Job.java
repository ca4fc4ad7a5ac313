package dev.restage.aws.bench;

/**
 * What is measured.
 *
 * @param name of the job
 * @param atSource how many objects the source has
 * @param atTarget how many of them the target has before
 * @param changed how many of the source's have changed since
 * @param download whether the target is a folder
 * @param goal the most that our wall time may be, as a share of the AWS CLI's, JVM start included
 */
record Job(String name, int atSource, int atTarget, int changed, boolean download, double goal) {

    static final String SOURCE = "production";
    static final String TARGET = "staging";

    static final Job[] ALL = {
        new Job("copy 5,000", 5000, 0, 0, false, 0.25),
        new Job("no-op of 20,000", 20_000, 20_000, 0, false, 0.25),
        new Job("100 changed of 20,000", 20_000, 20_000, 100, false, 0.30),
        new Job("download 5,000", 5000, 0, 0, true, 0.45),
    };
}
