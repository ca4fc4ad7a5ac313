package dev.restage.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.restage.examples.ResetSandbox;
import dev.restage.run.Receipt;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Restage as a bean of an application on the versions of Spring Boot. */
class SpringBootTest {

    @SpringBootApplication
    static class Application {

        @Bean
        HostedReset reset() {
            return new HostedReset(Path.of(System.getProperty("hosted.folder")));
        }
    }

    @TempDir
    private Path folder;

    @Test
    void aPlanGoesToYamlIsPreviewedFailsAndIsResumed() throws Exception {
        System.setProperty("hosted.folder", folder.toString());
        try (ConfigurableApplicationContext context =
                SpringApplication.run(Application.class, "--server.port=0", "--spring.main.banner-mode=off")) {
            Receipt receipt = context.getBean(HostedReset.class).run();

            assertThat(receipt.succeeded()).isTrue();
        }
    }

    @Test
    void aCompleteResetOfTheSandboxKeepsItsPromises() {
        ResetSandbox.main(new String[0]);
    }
}
