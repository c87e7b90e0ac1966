package parley.bench.endpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An exchange as it is reported, with what Bean Validation can say of it. That it names a conflict
/// which is defined, and two of its parties, it cannot.
record Report(
        @Nullable @Pattern(regexp = ID) String exchangeId,
        @NotNull @Pattern(regexp = ID) String conflict,
        @NotNull @Pattern(regexp = DATE) String occurredOn,
        @Nullable @Size(max = 500) String place,
        @Nullable @Pattern(regexp = ID) String agreement,
        @Nullable List<@NotBlank @Size(max = 500) String> mediators,
        @NotEmpty List<@Valid @NotNull Transfer> transfers,
        @Nullable @Size(max = 4000) String summary,
        @NotEmpty List<@Valid @NotNull Source> sources) {
    static final String ID = "[A-Za-z0-9._~-]{1,128}";
    static final String PARTY = "[A-Z0-9-]{1,16}";

    /// A day, a month or a year, or an interval of them.
    static final String DATE = "\\d{4}(-\\d{2}(-\\d{2})?)?(/\\d{4}(-\\d{2}(-\\d{2})?)?)?";

    /// So many of one category from one party to another.
    record Transfer(
            @NotNull @Pattern(regexp = PARTY) String from,
            @NotNull @Pattern(regexp = PARTY) String to,
            @NotNull Category category,
            @Nullable @Min(0) @Max(PEOPLE_MAX) Integer count,
            @Nullable @Pattern(regexp = "stated|withheld|unknown") String countStatus,
            @Nullable @Pattern(regexp = "exact|about|at-least|at-most") String qualifier,
            @Nullable @Min(0) @Max(PEOPLE_MAX) Integer low,
            @Nullable @Min(0) @Max(PEOPLE_MAX) Integer high,
            @Nullable List<@NotNull @Pattern(regexp = PARTY) String> statedBy,
            @Nullable @Size(max = 4000) String detail,
            @Nullable @Pattern(regexp = ID) String agreement) {
        private static final long PEOPLE_MAX = 10_000_000;
    }

    enum Category {
        @JsonProperty("prisoner-of-war")
        PRISONER_OF_WAR,
        @JsonProperty("civilian")
        CIVILIAN,
        @JsonProperty("child")
        CHILD,
        @JsonProperty("remains")
        REMAINS,
        @JsonProperty("unspecified")
        UNSPECIFIED
    }

    /// A reference that a reader can check.
    record Source(
            @NotBlank @Size(max = 500) String title,
            @NotBlank @Size(max = 500) String publisher,
            @NotNull @Pattern(regexp = "https?://.+") String url,
            @Nullable @Pattern(regexp = DATE) String publishedOn) {}
}
