package dev.restage.aws.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The processes that are measured, and the server that they talk to. */
final class Programs implements AutoCloseable {

    /** What a launcher of short programs should start with: the compiler that starts fast, and classes read beforehand. */
    private static final List<String> FAST_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m");

    private static final int WARM_UP = 3000;

    private final Path folder;
    private final Talk server;
    private final Map<String, String> environment;
    private final Path archive;
    private final String classPath;
    private final Talk embedded;

    private Programs(int latencyMs, Path folder) throws IOException {
        this.folder = folder;
        this.server = new Talk(java(List.of("-Xmx2g"), BenchServer.class, String.valueOf(latencyMs)));
        String[] said = server.hear().split(" ", -1);
        this.environment = Map.of(
                "AWS_ENDPOINT_URL",
                said[0],
                "AWS_ACCESS_KEY_ID",
                said[1],
                "AWS_SECRET_ACCESS_KEY",
                said[2],
                "AWS_REGION",
                "us-east-1",
                "AWS_DEFAULT_REGION",
                "us-east-1",
                "RCLONE_CONFIG_S3_TYPE",
                "s3",
                "RCLONE_CONFIG_S3_PROVIDER",
                "Other",
                "RCLONE_CONFIG_S3_ENV_AUTH",
                "true",
                "RCLONE_CONFIG_S3_ENDPOINT",
                said[0],
                "RESTAGE_HOME",
                folder.resolve("home").toString());
        this.archive = folder.resolve("classes.jsa");
        this.classPath = jars(folder);
        this.embedded = new Talk(environment(java(List.of("-Xmx512m"), Client.class)));
    }

    static Programs start(int latencyMs, Path folder) throws IOException, InterruptedException {
        Programs programs = new Programs(latencyMs, folder);
        programs.server("fill " + Job.SOURCE + " " + WARM_UP);
        String source = "s3://" + Job.SOURCE;
        Path files = Files.createDirectory(folder.resolve("warm"));
        // The archive of classes is written by what a script would do, and the running tool has synced both ways
        // before.
        programs.time(
                programs.client(List.of("-XX:ArchiveClassesAtExit=" + programs.archive), source, "file:" + files));
        for (int i = 0; i < 3; i++) {
            programs.server("clear " + Job.TARGET);
            programs.embedded(source, "s3://" + Job.TARGET);
            programs.embedded(source, "file:" + Files.createDirectory(folder.resolve("warm" + i)));
        }
        return programs;
    }

    boolean has(String program) {
        return program.startsWith("Restage")
                || Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    String server(String order) throws IOException {
        return server.ask(order);
    }

    double aws(String source, String target) throws IOException, InterruptedException {
        return time(environment(new ProcessBuilder("aws", "s3", "sync", "--only-show-errors", source, target)));
    }

    double rclone(String source, String target) throws IOException, InterruptedException {
        return time(environment(new ProcessBuilder(
                "rclone",
                "sync",
                "--config",
                "",
                "--checksum",
                "--fast-list",
                "--transfers",
                "64",
                "--checkers",
                "64",
                source.replace("s3://", "s3:"),
                target.replace("s3://", "s3:"))));
    }

    double started(String source, String target) throws IOException, InterruptedException {
        return time(client(List.of("-XX:SharedArchiveFile=" + archive), source, target));
    }

    double embedded(String source, String target) throws IOException {
        return Double.parseDouble(embedded.ask(source + " " + target));
    }

    private ProcessBuilder client(List<String> options, String source, String target) {
        List<String> all = new ArrayList<>(FAST_START);
        all.addAll(options);
        ProcessBuilder process = environment(java(all, Client.class, source, target));
        process.command().set(process.command().indexOf("-cp") + 1, classPath);
        return process;
    }

    /** An archive of classes takes them from jars alone. */
    private static String jars(Path folder) throws IOException {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            parts.add(Files.isDirectory(Path.of(part)) ? jar(Path.of(part), folder, parts.size()) : part);
        }
        return String.join(File.pathSeparator, parts);
    }

    private static String jar(Path classes, Path folder, int number) throws IOException {
        Path jar = folder.resolve(number + ".jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }

    private ProcessBuilder environment(ProcessBuilder process) {
        process.environment().putAll(environment);
        // rclone 1.60 does not start with it, and nothing here needs certificates.
        process.environment().remove("AWS_CA_BUNDLE");
        return process;
    }

    private static ProcessBuilder java(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private double time(ProcessBuilder command) throws IOException, InterruptedException {
        File log = folder.resolve("log.txt").toFile();
        long begun = System.nanoTime();
        Process process = command.redirectErrorStream(true).redirectOutput(log).start();
        process.getOutputStream().close();
        int end = process.waitFor();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (end != 0) {
            throw new IllegalStateException(
                    "%s ended with %d: %s".formatted(command.command().get(0), end, Files.readString(log.toPath())));
        }
        return seconds;
    }

    @Override
    public void close() throws IOException {
        embedded.close();
        server.close();
    }

    /** A process that answers lines. */
    private static final class Talk implements AutoCloseable {

        private final Process process;
        private final Writer orders;
        private final BufferedReader answers;

        private Talk(ProcessBuilder command) throws IOException {
            process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            orders = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        private String ask(String order) throws IOException {
            orders.write(order + "\n");
            orders.flush();
            return hear();
        }

        private String hear() throws IOException {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("a process of the benchmark has ended");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            orders.close();
            process.destroy();
        }
    }
}
