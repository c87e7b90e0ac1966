package parley.ingest.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import parley.contract.Authority;
import parley.contract.EventType;
import parley.ingest.access.Caller;
import parley.ingest.events.CloudEventReader.Reading;
import parley.ingest.statement.Fault;

class CloudEventReaderTest {
    private static final Caller PAPER = new Caller("paper", Authority.PUBLISHER);

    private final CloudEventReader reader = new CloudEventReader();

    @Test
    void whatMayBeLeftOutIsLeftToUs() throws JsonProcessingException {
        Reading reading =
                read("{'specversion':'1.0','type':'exchange.reported','data':{'conflict':'c'}}");

        assertThat(reading.faults()).isEmpty();
        var submission = Objects.requireNonNull(reading.submission());
        assertThat(submission.type()).isEqualTo(EventType.EXCHANGE_REPORTED);
        assertThat(submission.eventId()).isNull();
        assertThat(submission.subject()).isNull();
        assertThat(submission.data()).hasToString("{\"conflict\":\"c\"}");
    }

    @Test
    void allAttributesOfOursAreTakenWhereTheyDoNotContradict() throws JsonProcessingException {
        Reading reading =
                read(
                        """
                        {'specversion':'1.0','id':'i','source':'/publishers/paper','type':'claim.made',
                         'subject':'s','time':'2025-07-17T12:00:00.5+02:00','authority':'publisher',
                         'datacontenttype':'application/json; charset=utf-8','dataschema':'https://x/y',
                         'traceparent':'00-a-b-01','tracestate':'','data':{}}
                        """);

        assertThat(reading.faults()).isEmpty();
        assertThat(Objects.requireNonNull(reading.submission()).eventId()).isEqualTo("i");
    }

    @Test
    void whichTypeIsJsonIsToldByTheTypeAndNotByItsBeginning() throws JsonProcessingException {
        String event =
                "{'specversion':'1.0','id':'i','type':'claim.made','subject':'s','data':{},'datacontenttype':'%s'}";

        assertThat(read(event.formatted("Application/JSON")).faults()).isEmpty();
        for (String other : List.of("application/jsonp", "application/json-seq", "json", "")) {
            assertThat(read(event.formatted(other)).faults())
                    .extracting(Fault::pointer)
                    .containsExactly("/datacontenttype");
        }
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsPlace() throws JsonProcessingException {
        Reading reading =
                read(
                        """
                        {'specversion':'0.3','id':null,'source':'/publishers/other','type':'exchange.merged',
                         'subject':'a b','time':'2025-02-30T12:00:00Z','authority':'editor',
                         'datacontenttype':'text/xml','dataschema':'http://[','tracestate':7,'tpye':'x',
                         'data':{},'data_base64':''}
                        """);

        assertThat(reading.faults())
                .extracting(Fault::pointer)
                .containsExactlyInAnyOrder(
                        "/specversion",
                        "/id",
                        "/source",
                        "/subject",
                        "/time",
                        "/authority",
                        "/datacontenttype",
                        "/dataschema",
                        "/tracestate",
                        "/tpye",
                        "/data_base64");
    }

    @Test
    void anEventOfNoTypeIsToldWhichThereAre() throws JsonProcessingException {
        for (String type : List.of("", ",'type':null", ",'type':7", ",'type':''")) {
            Reading reading = read("{'specversion':'1.0','data':{}" + type + "}");

            assertThat(reading.submission()).isNull();
            assertThat(reading.faults())
                    .singleElement()
                    .satisfies(
                            fault -> {
                                assertThat(fault.pointer()).isEqualTo("/type");
                                assertThat(fault.detail()).contains("conflict.defined");
                            });
        }
    }

    @Test
    void anEventInBinaryModeIsTheSameInTheStructuredOne() {
        ObjectNode event =
                BinaryMode.structured(
                        Map.of(
                                "Content-Type", List.of("application/json"),
                                "CE-SpecVersion", List.of("1.0"),
                                "ce-id", List.of("100%25+%C3%A9"),
                                "ce-type", List.of("claim.made"),
                                "Accept", List.of("*/*")),
                        JsonNodeFactory.instance.objectNode());

        assertThat(event.properties())
                .extracting(attribute -> attribute.getKey() + "=" + attribute.getValue().asText())
                .containsExactlyInAnyOrder(
                        "specversion=1.0",
                        "id=100%+é",
                        "type=claim.made",
                        "datacontenttype=application/json",
                        "data=");
    }

    /// The SDK would refuse it as a whole.
    @Test
    void ofAVersionThatIsUnknownTheOtherAttributesAreReadAsWell() {
        for (var version : List.of(Map.of("ce-specversion", List.of("7")), noHeaders())) {
            var headers = new HashMap<>(version);
            headers.put("ce-time", List.of("noon"));
            ObjectNode event =
                    BinaryMode.structured(headers, JsonNodeFactory.instance.objectNode());

            assertThat(reader.read(event, PAPER).faults())
                    .extracting(Fault::pointer)
                    .containsExactlyInAnyOrder("/specversion", "/time", "/type");
        }
    }

    private static Map<String, List<String>> noHeaders() {
        return Map.of();
    }

    private Reading read(String json) throws JsonProcessingException {
        return reader.read((ObjectNode) new JsonMapper().readTree(json.replace('\'', '"')), PAPER);
    }
}
