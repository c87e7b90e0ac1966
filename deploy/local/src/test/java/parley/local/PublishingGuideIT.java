package parley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ingest-service/docs/publishing.md`, done as it says: its files are saved, its commands are run
/// from top to bottom, and the totals are what its spreadsheet adds up to.
class PublishingGuideIT {
    private static final Path GUIDE =
            UpScript.REPOSITORY.resolve("ingest-service/docs/publishing.md");
    private static final Pattern FILE_NAME =
            Pattern.compile("(?:#|//) ([A-Za-z_]+\\.(?:py|mjs|java|csv))\\b");

    @Test
    void whoDoesAsTheGuideSaysHasTheTotalsItPromises(@TempDir Path folder) throws Exception {
        assumeTrue(Guide.canRun("python3", "node", "curl"));
        var plan =
                new LocalSystem.Plan(
                        UpScript.REPOSITORY, folder.resolve("state"), Ports.free(), true);
        var desk = Files.createDirectory(folder.resolve("desk"));

        try (var system = new LocalSystem(plan);
                var answers = new Answers(system)) {
            system.start();
            var printed = Guide.run(script(plan, desk), desk);

            assertThat(printed)
                    .contains("Did you mean NORTH?")
                    .contains("\"eventId\":\"our-story-4711\",\"subject\":\"trial-1\"")
                    .contains("'eventId': 'our-story-4712'")
                    .contains("eventId: 'our-story-4713'")
                    .contains("\"eventId\":\"our-story-4714\"")
                    .contains("\"accepted\":3,\"rejected\":0,\"dryRun\":true")
                    .contains("\"accepted\":3,\"rejected\":0,\"position\"")
                    .contains("\"accepted\":1,\"rejected\":0,\"position\"")
                    .contains("\"accepted\":2,\"rejected\":1,\"position\"")
                    .contains("`name` is missing.")
                    .contains("422 Not a valid statement");
            var south = answers.get("/v1/conflicts/trial/totals/SOUTH");
            assertThat(figure(south, "remains", "received").path("best").asInt()).isEqualTo(316);
            assertThat(figure(south, "remains", "handedOver").path("unstated").asInt()).isOne();
            assertThat(figure(south, "prisoner-of-war", "received").path("best").asInt())
                    .isEqualTo(120);
            assertThat(figure(south, "prisoner-of-war", "handedOver").path("best").asInt())
                    .isEqualTo(125);
            assertThat(figure(south, "prisoner-of-war", "handedOver").path("high").asInt())
                    .isEqualTo(126);
            assertThat(answers.all("/v1/rejections")).isEmpty();
        }
    }

    /// All commands of the guide; its files are saved on the way.
    private static String script(LocalSystem.Plan plan, Path desk) throws IOException {
        var script = new StringBuilder("set -euo pipefail\n");
        for (Guide.Block block : Guide.blocks(GUIDE)) {
            var text = block.text();
            var name = FILE_NAME.matcher(text);
            if (name.lookingAt()) {
                Files.writeString(desk.resolve(name.group(1)), text);
            } else if (block.language().equals("sh")) {
                script.append(text).append("echo\n");
            }
        }
        return script.toString()
                .replace("/tmp/", desk + "/")
                .replace("localhost:8080", "localhost:" + plan.ports().ingest())
                .replace("localhost:8081", "localhost:" + plan.ports().ledger())
                .replace("deploy/local/state", plan.state().toString());
    }

    private static JsonNode figure(JsonNode answer, String category, String direction) {
        return answer.at("/parties/0/totals")
                .valueStream()
                .filter(total -> total.path("category").asText().equals(category))
                .findFirst()
                .orElseThrow()
                .path(direction);
    }
}
