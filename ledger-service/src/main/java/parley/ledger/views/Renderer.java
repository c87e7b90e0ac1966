package parley.ledger.views;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/// Writes views.
@Singleton
class Renderer {
    private final ObjectMapper json;
    private final CsvMapper csv =
            CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();

    Renderer(ObjectMapper json) {
        this.json = json;
    }

    byte[] json(View view) throws JsonProcessingException {
        return json.writeValueAsBytes(view);
    }

    byte[] csv(View view, Table table) throws JsonProcessingException {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
        table.columns().forEach(column -> schema.addColumn(column.name()));
        ObjectWriter writer = csv.writer(schema.build());
        return writer.writeValueAsString(table.rows(json.valueToTree(view)))
                .getBytes(StandardCharsets.UTF_8);
    }
}
