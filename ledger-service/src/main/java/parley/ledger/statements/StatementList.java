package parley.ledger.statements;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import parley.ledger.conflicts.Conflicts;
import parley.ledger.fold.Kind;
import parley.ledger.statements.Statements.Stated;
import parley.ledger.views.Answering;
import parley.ledger.views.Listing;
import parley.ledger.views.Moment;
import parley.ledger.views.Page;
import parley.ledger.views.ReadException;

/// Answers with statements: one, or a page of a conflict's.
@ApplicationScoped
public class StatementList {
    private final Conflicts conflicts;
    private final Statements statements;
    private final Answering answering;

    StatementList(Conflicts conflicts, Statements statements, Answering answering) {
        this.conflicts = conflicts;
        this.statements = statements;
        this.answering = answering;
    }

    /// One statement.
    ///
    /// @throws ReadException where there was none of that id at that moment
    public Stated one(Kind kind, String id, Moment moment) {
        return statements
                .one(kind, id, moment)
                .orElseThrow(
                        () ->
                                ReadException.notFound(
                                        "No %s `%s` was reported%s."
                                                .formatted(
                                                        kind.word(),
                                                        id,
                                                        moment.knownAt() == null
                                                                ? ""
                                                                : " by " + moment.knownAt())));
    }

    /// An answer of that one statement, with what it rests on.
    public Document answer(Stated stated, Moment moment) {
        Answering.Basis basis = answering.about(stated.conflict(), moment);
        stated.document().put("knownAt", String.valueOf(basis.knownAt()));
        stated.document().put("position", basis.position());
        return new Document(stated.document());
    }

    /// A page of the conflict's statements, each as `view` shows it.
    ///
    /// @throws ReadException where the conflict was not defined at that moment
    public Listing<Document> page(
            Kind kind, String conflict, Moment moment, Page page, Function<Stated, Document> view) {
        conflicts.definition(conflict, moment);
        List<Stated> read = statements.page(kind, conflict, moment, page);
        return answering
                .list(
                        conflict,
                        moment,
                        page.cut(read).stream().map(view).toList(),
                        page.next(read, Statements::key))
                .ofOneMoment();
    }
}
