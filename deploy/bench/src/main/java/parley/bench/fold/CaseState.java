package parley.bench.fold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parley.bench.fold.Said.Claimed;
import parley.bench.fold.Said.Retracted;
import parley.bench.fold.Said.Sender;
import parley.bench.fold.Said.Stated;
import parley.contract.Direction;

/// Where an exchange stands, event by event. Of each claimant it keeps the newest reading only,
/// which is enough where no claim is corrected or retracted, as in a generated log.
///
/// Immutable, as a state store demands.
public final class CaseState {
    public static final CaseState UNHEARD_OF =
            new CaseState("", null, false, List.of(), Map.of(), Map.of());

    private final String conflict;
    private final @Nullable Sender first; // null: not reported yet
    private final boolean isRetracted;
    private final List<Leg> legs;
    private final Map<Of, Reading> counts;
    private final Map<Of, Reading> disputes;

    /// A claimant's word on a transfer; null: on every one.
    private record Of(String claimant, @Nullable Direction about) {}

    private CaseState(
            String conflict,
            @Nullable Sender first,
            boolean isRetracted,
            List<Leg> legs,
            Map<Of, Reading> counts,
            Map<Of, Reading> disputes) {
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
        var counts = new HashMap<Of, Reading>();
        var disputes = new HashMap<Of, Reading>();
        claims.forEach(claimed -> add(claimed.disputes() ? disputes : counts, claimed));
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
                                    with(disputes, claimed))
                            : new CaseState(
                                    conflict,
                                    first,
                                    isRetracted,
                                    legs,
                                    with(counts, claimed),
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

    private static Map<Of, Reading> with(Map<Of, Reading> readings, Claimed claimed) {
        var more = new HashMap<>(readings);
        add(more, claimed);
        return more;
    }

    private static void add(Map<Of, Reading> readings, Claimed claimed) {
        readings.merge(
                new Of(claimed.claimant(), claimed.about()), claimed.reading(), Reading::newer);
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
        counts.forEach(
                (of, reading) -> {
                    if (leg.direction().equals(of.about()) && reading.namesFigures()) {
                        figures.add(reading.low());
                        figures.add(reading.high());
                    }
                });
        if (leg.count() == Leg.UNSTATED) {
            return new Figure(0, 0, figures.isEmpty() ? 0 : figures.last(), 0, 1);
        }
        int disputed = Math.min(leg.count(), disputed(leg.direction()));
        return new Figure(leg.count(), figures.first(), figures.last(), disputed, 0);
    }

    /// Of each claimant the newest counts, be it on this transfer or on all.
    private int disputed(Direction direction) {
        var newest = new HashMap<String, Reading>();
        disputes.forEach(
                (of, reading) -> {
                    if (of.about() == null || of.about().equals(direction)) {
                        newest.merge(of.claimant(), reading, Reading::newer);
                    }
                });
        return newest.values().stream().mapToInt(Reading::high).max().orElse(0);
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
        write(out, counts);
        write(out, disputes);
    }

    static CaseState read(DataInput in) throws IOException {
        String conflict = in.readUTF();
        Sender first = in.readBoolean() ? new Sender(in.readUTF(), in.readBoolean()) : null;
        boolean isRetracted = in.readBoolean();
        var legs = new ArrayList<Leg>();
        for (int left = in.readByte(); left > 0; left--) {
            legs.add(Leg.read(in));
        }
        return new CaseState(conflict, first, isRetracted, legs, readings(in), readings(in));
    }

    private static void write(DataOutput out, Map<Of, Reading> readings) throws IOException {
        out.writeInt(readings.size());
        for (var entry : readings.entrySet()) {
            Binary.writeAbout(out, entry.getKey().about());
            out.writeUTF(entry.getKey().claimant());
            entry.getValue().write(out);
        }
    }

    private static Map<Of, Reading> readings(DataInput in) throws IOException {
        var readings = new HashMap<Of, Reading>();
        for (int left = in.readInt(); left > 0; left--) {
            Direction about = Binary.readAbout(in);
            readings.put(new Of(in.readUTF(), about), Reading.read(in));
        }
        return readings;
    }
}
