package parley.ledger.changes;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import parley.contract.Conflict;
import parley.contract.LogPosition;
import parley.contract.Party;
import parley.ledger.changes.ChangeView.Effect;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.views.Answering;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The feed of a conflict. There is always a `next`: where to ask for what comes.
@Path("/v1")
@Tag(name = "Changes")
@Transactional
public class ChangeResource {
    private final Conflicts conflicts;
    private final Feed feed;
    private final ChangeViews views;
    private final Answering answering;

    ChangeResource(Conflicts conflicts, Feed feed, ChangeViews views, Answering answering) {
        this.conflicts = conflicts;
        this.feed = feed;
        this.views = views;
        this.answering = answering;
    }

    @GET
    @Path("conflicts/{conflict}/changes")
    @Operation(summary = "All that was added, corrected, retracted or merged, oldest first")
    public Listing<ChangeView> page(
            String conflict,
            @Parameter(
                            description =
                                    "Only the newest so many, from 1 to 1000; with a `cursor` it"
                                            + " says nothing")
                    @QueryParam("last")
                    @Nullable String last,
            @BeanParam Moment moment,
            @BeanParam Page page) {
        Conflict definition = conflicts.definition(conflict, moment);
        LogPosition position = position(page);
        Feed.Part part =
                last == null || position != null
                        ? feed.read(
                                conflict,
                                moment,
                                position == null ? LogPosition.START : position,
                                page.limit())
                        : feed.newest(conflict, moment, Page.items("last", last));
        return answering.list(
                conflict,
                moment,
                views.of(conflict, part.told(), moment, order(definition)),
                page.behind(List.of(part.next().toString())));
    }

    private static @Nullable LogPosition position(Page page) {
        List<String> key = page.after(1);
        try {
            return key == null ? null : LogPosition.parse(key.getFirst());
        } catch (IllegalArgumentException notOurs) {
            throw Page.notOurs();
        }
    }

    /// As in the totals: sides first, in the order of the definition.
    static Comparator<Effect> order(Conflict definition) {
        List<String> parties =
                definition.parties().stream()
                        .sorted(Comparator.comparing(Party::role))
                        .map(Party::party)
                        .toList();
        return Comparator.comparingInt((Effect it) -> parties.indexOf(it.party()))
                .thenComparing(Effect::party)
                .thenComparing(Effect::category)
                .thenComparing(Effect::direction, Comparator.reverseOrder());
    }
}
