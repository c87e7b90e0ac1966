package parley.ledger.dashboard;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import parley.contract.Category;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.conflicts.Conflicts.Defined;
import parley.ledger.dashboard.Rendered.Picture;
import parley.ledger.totals.Totals;
import parley.ledger.totals.Totals.Days;
import parley.ledger.totals.TotalsResource;
import parley.ledger.totals.TotalsView;
import parley.ledger.views.Keeping;
import parley.ledger.views.Moment;
import parley.ledger.views.ReadException;

/// The page: its totals as a table, which its scripts then take over.
@Path("/")
@Transactional
public class DashboardResource {
    private static final String HTML = "text/html;charset=UTF-8";
    private static final String SVG = "image/svg+xml;charset=UTF-8";
    private static final String PNG = "image/png";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";

    private static final String CARD_POLICY = "default-src 'none'; frame-ancestors *";

    private final Assets assets;
    private final Conflicts conflicts;
    private final TotalsResource totals;
    private final Totals sums;
    private final PackedResource packed;
    private final Rendered rendered;
    private final Keeping keeping;

    DashboardResource(
            Assets assets,
            Conflicts conflicts,
            TotalsResource totals,
            Totals sums,
            PackedResource packed,
            Rendered rendered,
            Keeping keeping) {
        this.assets = assets;
        this.conflicts = conflicts;
        this.totals = totals;
        this.sums = sums;
        this.packed = packed;
        this.rendered = rendered;
        this.keeping = keeping;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(
                Choice choice,
                List<Defined> conflicts,
                @Nullable Defined conflict,
                @Nullable TotalsView totals,
                Words words,
                Set<String> languages,
                String version,
                URI base);

        static native TemplateInstance totals(
                Choice choice, Defined conflict, TotalsView totals, Words words, String version);

        static native TemplateInstance timeline(
                Choice choice, Defined conflict, Curves curves, Words words, String version);

        static native TemplateInstance totalsCard(
                Defined conflict, TotalsView totals, Card card, Words words, String page);

        static native TemplateInstance card(
                Defined conflict, Curves curves, Words words, String page);
    }

    @GET
    @Operation(hidden = true)
    public Response page(
            @BeanParam Choice choice,
            @Context HttpHeaders headers,
            @Context UriInfo address,
            @Context Request request) {
        Words words = words(choice, headers);
        URI base = address.getBaseUri();
        Picture page = rendered(address, words, () -> bytes(page(choice, words, base)));
        return send(request, page, words, HTML, POLICY + "'none'");
    }

    private TemplateInstance page(Choice choice, Words words, URI base) {
        Moment moment = choice.moment();
        List<Defined> all = conflicts.all(moment);
        String wanted = choice.conflict();
        Defined conflict =
                wanted == null
                        ? all.stream().findFirst().orElse(null)
                        : conflicts.one(wanted, moment);
        TotalsView view = conflict == null ? null : totals.all(conflict.id(), moment);
        return Templates.page(
                choice,
                all,
                conflict,
                view,
                words,
                assets.languages().keySet(),
                assets.version(),
                base);
    }

    @GET
    @Path("embed/totals/{conflict}")
    @Operation(hidden = true)
    public Response totals(
            String conflict,
            @BeanParam Choice choice,
            @Context HttpHeaders headers,
            @Context UriInfo address,
            @Context Request request) {
        Words words = words(choice, headers);
        Picture embed = rendered(address, words, () -> bytes(totals(conflict, choice, words)));
        return send(request, embed, words, HTML, POLICY + "*");
    }

    private TemplateInstance totals(String conflict, Choice choice, Words words) {
        Moment moment = choice.moment();
        Defined defined = conflicts.one(conflict, moment);
        TotalsView view = totals.all(conflict, moment);
        return Templates.totals(choice, defined, view, words, assets.version());
    }

    @GET
    @Path("embed/totals/{conflict}/card.svg")
    @Operation(hidden = true)
    public Response totalsCard(
            String conflict,
            @BeanParam Choice choice,
            @Context HttpHeaders headers,
            @Context UriInfo address,
            @Context Request request) {
        Words words = words(choice, headers);
        return drawn(address, request, words, () -> totalsCard(conflict, choice, words, address));
    }

    @GET
    @Path("embed/totals/{conflict}/card.png")
    @Operation(hidden = true)
    public Response totalsPicture(
            String conflict,
            @BeanParam Choice choice,
            @Context HttpHeaders headers,
            @Context UriInfo address,
            @Context Request request) {
        Words words = words(choice, headers);
        return painted(address, request, words, () -> totalsCard(conflict, choice, words, address));
    }

    private TemplateInstance totalsCard(
            String conflict, Choice choice, Words words, UriInfo address) {
        Moment moment = choice.moment();
        Defined defined = conflicts.one(conflict, moment);
        TotalsView view = totals.all(conflict, moment);
        return Templates.totalsCard(
                defined, view, Card.of(view), words, whole(defined, choice, words, address));
    }

    /// The address of the page that a card, once it is away from it, is to lead back to.
    private static String whole(Defined conflict, Choice choice, Words words, UriInfo address) {
        return "%s?%sconflict=%s&lang=%s"
                .formatted(address.getBaseUri(), choice.clocks(), conflict.id(), words.language());
    }

    @GET
    @Path("embed/timeline/{conflict}")
    @Operation(hidden = true)
    public Response timeline(
            String conflict,
            @BeanParam Choice choice,
            @Context HttpHeaders headers,
            @Context UriInfo address,
            @Context Request request) {
        Words words = words(choice, headers);
        Picture embed = rendered(address, words, () -> bytes(timeline(conflict, choice, words)));
        return send(request, embed, words, HTML, POLICY + "*");
    }

    private TemplateInstance timeline(String conflict, Choice choice, Words words) {
        Defined defined = conflicts.one(conflict, choice.moment());
        return Templates.timeline(
                choice, defined, curves(defined, choice), words, assets.version());
    }

    @GET
    @Path("embed/timeline/{conflict}/card.svg")
    @Operation(hidden = true)
    public Response card(
            String conflict,
            @BeanParam Choice choice,
            @Context HttpHeaders headers,
            @Context UriInfo address,
            @Context Request request) {
        Words words = words(choice, headers);
        return drawn(address, request, words, () -> card(conflict, choice, words, address));
    }

    @GET
    @Path("embed/timeline/{conflict}/card.png")
    @Operation(hidden = true)
    public Response picture(
            String conflict,
            @BeanParam Choice choice,
            @Context HttpHeaders headers,
            @Context UriInfo address,
            @Context Request request) {
        Words words = words(choice, headers);
        return painted(address, request, words, () -> card(conflict, choice, words, address));
    }

    private TemplateInstance card(String conflict, Choice choice, Words words, UriInfo address) {
        Defined defined = conflicts.one(conflict, choice.moment());
        return Templates.card(
                defined, curves(defined, choice), words, whole(defined, choice, words, address));
    }

    private Response drawn(
            UriInfo address, Request request, Words words, Supplier<TemplateInstance> card) {
        Picture svg = rendered(address, words, () -> bytes(card.get()));
        return send(request, svg, words, SVG, CARD_POLICY);
    }

    private Response painted(
            UriInfo address, Request request, Words words, Supplier<TemplateInstance> card) {
        Picture png = rendered(address, words, () -> Raster.png(card.get().render()));
        return send(request, png, words, PNG, CARD_POLICY);
    }

    private Curves curves(Defined conflict, Choice choice) {
        Moment moment = choice.moment();
        return Curves.of(
                conflict.conflict(),
                category(choice),
                sums.tallies(conflict.id(), "month", new Days(null, null), moment));
    }

    private static Category category(Choice choice) {
        String wanted = choice.category();
        if (wanted == null) {
            return Category.values()[0];
        }
        return Curves.category(wanted)
                .orElseThrow(
                        () ->
                                ReadException.badParameter(
                                        "category", "There is no category `" + wanted + "`."));
    }

    private Words words(Choice choice, HttpHeaders headers) {
        choice.theme(); // Before anything is rendered: one that there is not is a bad parameter.
        String asked = choice.lang();
        if (asked != null && !assets.languages().containsKey(asked)) {
            throw ReadException.badParameter(
                    "lang",
                    "`lang` is one of %s, not `%s`."
                            .formatted(String.join(", ", assets.languages().keySet()), asked));
        }
        return assets.words(
                asked != null
                        ? asked
                        : headers.getAcceptableLanguages().stream()
                                .map(Locale::getLanguage)
                                .filter(assets.languages()::containsKey)
                                .findFirst()
                                .orElse(null));
    }

    private Picture rendered(UriInfo address, Words words, Supplier<byte[]> rendering) {
        return rendered.at(address.getRequestUri().toString(), words, rendering);
    }

    private static byte[] bytes(TemplateInstance page) {
        return page.render().getBytes(StandardCharsets.UTF_8);
    }

    private Response send(
            Request request, Picture picture, Words words, String type, String policy) {
        return packed.send(request, picture.body(), type, picture::body)
                .header(HttpHeaders.CONTENT_LANGUAGE, words.language())
                .header(HttpHeaders.CACHE_CONTROL, keeping.forAMoment())
                .header("Content-Security-Policy", policy)
                .build();
    }
}
