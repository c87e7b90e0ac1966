package parley.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(20);

    private final Acknowledgements acknowledgements =
            new Acknowledgements(new SimpleMeterRegistry());
    private final long now = System.nanoTime();

    @Test
    void aFailureIsTheReasonWhileNothingGoesThrough() {
        acknowledgements.failed(new NotEnoughReplicasException("two of three are away"), now);

        assertThat(acknowledgements.trouble()).contains("two of three are away");
    }

    @Test
    void aFailureAmongSuccessesIsNone() {
        acknowledgements.failed(new NotEnoughReplicasException("one partition"), now);
        acknowledgements.acknowledged(now);

        assertThat(acknowledgements.trouble()).isNull();
    }

    @Test
    void afterAWhileSomebodyIsLetInAgain() {
        acknowledgements.failed(new NotEnoughReplicasException("it was away"), now);

        assertThat(acknowledgements.trouble(System.nanoTime() + LONG)).isNull();
    }

    @Test
    void anEventThatIsTooLargeSaysNothingOfTheLog() {
        acknowledgements.failed(new RecordTooLargeException("this one"), now);

        assertThat(acknowledgements.trouble()).isNull();
    }
}
