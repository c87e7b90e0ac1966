package parley.ledger.events;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import parley.ledger.views.Answering;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;

/// The records that could not be applied. They stay on the log.
@Path("/v1")
@Tag(name = "Events")
@Transactional
public class RejectionResource {
    private final Rejections rejections;
    private final Answering answering;

    RejectionResource(Rejections rejections, Answering answering) {
        this.rejections = rejections;
        this.answering = answering;
    }

    @GET
    @Path("rejections")
    @Operation(summary = "What was rejected and why, newest first")
    public Listing<RecordView> page(@BeanParam Moment moment, @BeanParam Page page) {
        List<ReadRecord> read = rejections.page(moment, page);
        return new Listing<>(
                null,
                moment.asOf(),
                moment.knownAt() == null ? rejections.newest() : moment.knownAt(),
                answering.position(moment),
                page.cut(read).stream().map(it -> RecordView.of(it, moment)).toList(),
                page.next(read, Rejections::key));
    }
}
