package parley.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import parley.contract.LedgerEvent.AgreementCorrected;
import parley.contract.LedgerEvent.AgreementReported;
import parley.contract.LedgerEvent.AgreementRetracted;
import parley.contract.LedgerEvent.ClaimCorrected;
import parley.contract.LedgerEvent.ClaimMade;
import parley.contract.LedgerEvent.ClaimRetracted;
import parley.contract.LedgerEvent.ConflictDefined;
import parley.contract.LedgerEvent.ExchangeCorrected;
import parley.contract.LedgerEvent.ExchangeMerged;
import parley.contract.LedgerEvent.ExchangeReported;
import parley.contract.LedgerEvent.ExchangeRetracted;

/// The JSON value of an event, both ways.
///
/// A field that the contract does not know is passed over, so that an old reader survives a new
/// writer; what is there must be what the contract says.
public final class EventCodec {
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(EnumFeature.READ_ENUM_KEYS_USING_INDEX)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .build();

    private EventCodec() {}

    /// Reads the value of a record.
    ///
    /// @throws UnreadableEventException where it is not JSON, or not a statement of that type
    public static LedgerEvent read(EventType type, byte[] value) throws UnreadableEventException {
        try {
            JavaType body = JSON.constructType(body(type));
            Object content = JSON.readValue(value, body);
            if (content == null) {
                throw new UnreadableEventException("The value is a JSON null.", null);
            }
            return event(content);
        } catch (JsonProcessingException unreadable) {
            throw new UnreadableEventException(sentence(unreadable), unreadable);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Reading from memory failed", impossible);
        }
    }

    /// Reads a value that is a tree already.
    ///
    /// @throws UnreadableEventException where it is not a statement of that type
    public static LedgerEvent read(EventType type, JsonNode value) throws UnreadableEventException {
        try {
            return event(JSON.treeToValue(value, body(type)));
        } catch (JsonProcessingException unreadable) {
            throw new UnreadableEventException(sentence(unreadable), unreadable);
        }
    }

    /// Writes the value of a record.
    public static byte[] write(LedgerEvent event) {
        try {
            return JSON.writeValueAsBytes(
                    switch (event) {
                        case ConflictDefined(Conflict conflict) -> conflict;
                        case ExchangeReported(Exchange exchange) -> exchange;
                        case AgreementReported(Agreement agreement) -> agreement;
                        case ClaimMade(Claim claim) -> claim;
                        case ExchangeCorrected _,
                                ExchangeRetracted _,
                                ExchangeMerged _,
                                AgreementCorrected _,
                                AgreementRetracted _,
                                ClaimCorrected _,
                                ClaimRetracted _ ->
                                event;
                    });
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("An event that cannot be written", impossible);
        }
    }

    /// The first statement of a thing is its value as such; what follows says more than that.
    private static Class<?> body(EventType type) {
        return switch (type) {
            case CONFLICT_DEFINED -> Conflict.class;
            case EXCHANGE_REPORTED -> Exchange.class;
            case AGREEMENT_REPORTED -> Agreement.class;
            case CLAIM_MADE -> Claim.class;
            case EXCHANGE_CORRECTED,
                    EXCHANGE_RETRACTED,
                    EXCHANGE_MERGED,
                    AGREEMENT_CORRECTED,
                    AGREEMENT_RETRACTED,
                    CLAIM_CORRECTED,
                    CLAIM_RETRACTED ->
                    type.event();
        };
    }

    private static LedgerEvent event(Object content) {
        return switch (content) {
            case Conflict conflict -> new ConflictDefined(conflict);
            case Exchange exchange -> new ExchangeReported(exchange);
            case Agreement agreement -> new AgreementReported(agreement);
            case Claim claim -> new ClaimMade(claim);
            case LedgerEvent event -> event;
            default -> throw new IllegalStateException("No event holds a " + content.getClass());
        };
    }

    /// Ours where one of our constructors refused, Jackson's without the source excerpt otherwise.
    private static String sentence(JsonProcessingException unreadable) {
        Throwable cause = unreadable.getCause();
        String message =
                cause instanceof IllegalArgumentException
                        ? String.valueOf(cause.getMessage())
                        : unreadable.getOriginalMessage();
        String path =
                unreadable instanceof JsonMappingException mapping
                        ? pointer(mapping.getPath())
                        : "";
        return path.isEmpty() ? message : path + ": " + message;
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        var pointer = new StringBuilder();
        for (var step : path) {
            pointer.append('/')
                    .append(step.getFieldName() == null ? step.getIndex() : step.getFieldName());
        }
        return pointer.toString();
    }
}
