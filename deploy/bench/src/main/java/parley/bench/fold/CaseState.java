package parley.bench.fold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parley.bench.fold.Said.Claimed;
import parley.bench.fold.Said.Retracted;
import parley.bench.fold.Said.Sender;
import parley.bench.fold.Said.Stated;

/// Where an exchange stands, event by event. Of each claimant it keeps the newest reading only,
/// which is enough where no claim is corrected or retracted, as in a generated log.
///
/// Immutable, as a state store demands.
public final class CaseState {
    public static final CaseState UNHEARD_OF =
            new CaseState("", null, false, List.of(), Readings.NONE, Readings.NONE);

    private final String conflict;
    private final @Nullable Sender first; // null: not reported yet
    private final boolean isRetracted;
    private final List<Leg> legs;
    private final Readings counts;
    private final Readings disputes;

    private CaseState(
            String conflict,
            @Nullable Sender first,
            boolean isRetracted,
            List<Leg> legs,
            Readings counts,
            Readings disputes) {
        this.conflict = conflict;
        this.first = first;
        this.isRetracted = isRetracted;
        this.legs = legs;
        this.counts = counts;
        this.disputes = disputes;
    }

    /// Where an exchange stands of which this is known, by whoever keeps it piece by piece.
    ///
    /// @param stated what was stated of it last, and by whom first; null: nothing
    public static CaseState of(
            @Nullable Stated stated, boolean isRetracted, Collection<Claimed> claims) {
        Readings counts = Readings.NONE;
        Readings disputes = Readings.NONE;
        for (Claimed claimed : claims) {
            if (claimed.disputes()) {
                disputes = disputes.with(claimed);
            } else {
                counts = counts.with(claimed);
            }
        }
        return stated == null
                ? new CaseState("", null, false, List.of(), counts, disputes)
                : new CaseState(
                        stated.conflict(),
                        stated.sender(),
                        isRetracted,
                        stated.legs(),
                        counts,
                        disputes);
    }

    /// The conflict that it is of; empty before it is reported.
    public String conflict() {
        return conflict;
    }

    /// Where it stands after one event more. What nobody may say changes nothing.
    public CaseState after(Said said) {
        return switch (said) {
            case Stated stated -> after(stated);
            case Retracted(_, Sender sender) ->
                    mayChange(sender)
                            ? new CaseState(conflict, first, true, legs, counts, disputes)
                            : this;
            case Claimed claimed ->
                    claimed.disputes()
                            ? new CaseState(
                                    conflict,
                                    first,
                                    isRetracted,
                                    legs,
                                    counts,
                                    disputes.with(claimed))
                            : new CaseState(
                                    conflict,
                                    first,
                                    isRetracted,
                                    legs,
                                    counts.with(claimed),
                                    disputes);
        };
    }

    private CaseState after(Stated stated) {
        if (stated.isFirst() != (first == null)
                || (!stated.isFirst() && !mayChange(stated.sender()))) {
            return this;
        }
        return new CaseState(
                stated.conflict(),
                first == null ? stated.sender() : first,
                false,
                stated.legs(),
                counts,
                disputes);
    }

    private boolean mayChange(Sender sender) {
        return first != null && (sender.isEditor() || sender.source().equals(first.source()));
    }

    /// What it amounts to.
    public List<Line> lines() {
        if (first == null || isRetracted) {
            return List.of();
        }
        var lines = new ArrayList<Line>();
        for (Leg leg : legs) {
            lines.add(new Line(leg.direction(), figure(leg)));
        }
        return lines;
    }

    private Figure figure(Leg leg) {
        var figures = new TreeSet<Integer>();
        if (leg.low() <= leg.high()) {
            figures.add(leg.low());
            figures.add(leg.high());
        }
        counts.addFigures(leg.direction(), figures);
        if (leg.count() == Leg.UNSTATED) {
            return new Figure(0, 0, figures.isEmpty() ? 0 : figures.last(), 0, 1);
        }
        int disputed = Math.min(leg.count(), disputes.largest(leg.direction()));
        return new Figure(leg.count(), figures.first(), figures.last(), disputed, 0);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(conflict);
        out.writeBoolean(first != null);
        if (first != null) {
            out.writeUTF(first.source());
            out.writeBoolean(first.isEditor());
        }
        out.writeBoolean(isRetracted);
        out.writeByte(legs.size());
        for (Leg leg : legs) {
            leg.write(out);
        }
        counts.write(out);
        disputes.write(out);
    }

    static CaseState read(DataInput in) throws IOException {
        String conflict = in.readUTF();
        Sender first = in.readBoolean() ? new Sender(in.readUTF(), in.readBoolean()) : null;
        boolean isRetracted = in.readBoolean();
        var legs = new ArrayList<Leg>();
        for (int left = in.readByte(); left > 0; left--) {
            legs.add(Leg.read(in));
        }
        return new CaseState(
                conflict, first, isRetracted, legs, Readings.read(in), Readings.read(in));
    }
}
