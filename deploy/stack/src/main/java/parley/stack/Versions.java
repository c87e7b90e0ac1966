package parley.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which servers these are: the same versions from their artifacts as from their images.
record Versions(String kafka, String postgres) {
    static Versions ofThisBuild() {
        var versions = new Properties();
        try (var in = Versions.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Versions(versions.getProperty("kafka"), versions.getProperty("postgres"));
    }

    String kafkaImage() {
        return "apache/kafka:" + kafka;
    }

    /// The artifact counts its own repairs in a third number, which the image has not.
    String postgresImage() {
        return "postgres:" + postgres.replaceFirst("^(\\d+\\.\\d+)\\.\\d+$", "$1");
    }
}
