package parley.bench.peer;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.bench.fold.Account;
import parley.bench.fold.Figure;
import parley.bench.fold.Leg;
import parley.bench.fold.Reading;
import parley.bench.fold.Said;
import parley.bench.fold.Said.Claimed;
import parley.bench.fold.Said.Sender;
import parley.bench.fold.Said.Stated;
import parley.contract.Category;
import parley.contract.Direction;

/// The tables of [JpaFold].
final class JpaEntities {
    static final Class<?>[] ALL = {
        Exchange.class, Transfer.class, Claim.class, Total.class, Position.class
    };
    private static final int ALLOCATED_AT_ONCE = 50;

    private JpaEntities() {}

    /// An exchange that is reported.
    @Entity(name = "Exchange")
    @Table(name = "jpa_exchange")
    static class Exchange {
        @Id String id = "";
        @Version long version;
        String conflict = "";
        String source = "";
        boolean isEditor;
        boolean isRetracted;

        @OneToMany(cascade = CascadeType.ALL, orphanRemoval = true, fetch = FetchType.EAGER)
        @JoinColumn(name = "exchange")
        List<Transfer> transfers = new ArrayList<>();

        protected Exchange() {}

        Exchange(Stated stated) {
            id = stated.exchange();
            source = stated.sender().source();
            isEditor = stated.sender().isEditor();
            state(stated);
        }

        final void state(Stated stated) {
            conflict = stated.conflict();
            isRetracted = false;
            transfers.clear();
            stated.legs().forEach(leg -> transfers.add(new Transfer(leg)));
        }

        Stated stated() {
            return new Stated(
                    id,
                    conflict,
                    new Sender(source, isEditor),
                    true,
                    transfers.stream().map(Transfer::leg).toList());
        }
    }

    /// A transfer of it.
    @Entity(name = "Transfer")
    @Table(name = "jpa_transfer")
    static class Transfer {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @SequenceGenerator(allocationSize = ALLOCATED_AT_ONCE)
        long id;

        String fromParty = "";
        String toParty = "";
        int category;
        int count;
        int low;
        int high;

        protected Transfer() {}

        Transfer(Leg leg) {
            fromParty = leg.direction().from();
            toParty = leg.direction().to();
            category = leg.direction().category().ordinal();
            count = leg.count();
            low = leg.low();
            high = leg.high();
        }

        Leg leg() {
            return new Leg(
                    new Direction(fromParty, toParty, Category.values()[category]),
                    count,
                    low,
                    high);
        }
    }

    /// A claim about an exchange.
    @Entity(name = "Claim")
    @Table(name = "jpa_claim", indexes = @Index(columnList = "exchange"))
    static class Claim {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE)
        @SequenceGenerator(allocationSize = ALLOCATED_AT_ONCE)
        long id;

        String exchange = "";
        String claimant = "";
        @Nullable String fromParty;
        @Nullable String toParty;
        @Nullable Integer category;
        boolean disputes;
        long statedOn;
        long recordedAt;
        int logPartition;
        long logOffset;
        int low;
        int high;

        protected Claim() {}

        Claim(Claimed claimed) {
            exchange = claimed.exchange();
            claimant = claimed.claimant();
            Direction about = claimed.about();
            if (about != null) {
                fromParty = about.from();
                toParty = about.to();
                category = about.category().ordinal();
            }
            disputes = claimed.disputes();
            statedOn = claimed.reading().statedOn();
            recordedAt = claimed.reading().recordedAt();
            logPartition = claimed.reading().partition();
            logOffset = claimed.reading().offset();
            low = claimed.reading().low();
            high = claimed.reading().high();
        }

        Said.Claimed claimed() {
            Direction about =
                    fromParty == null || toParty == null || category == null
                            ? null
                            : new Direction(fromParty, toParty, Category.values()[category]);
            return new Claimed(
                    exchange,
                    claimant,
                    about,
                    disputes,
                    new Reading(statedOn, recordedAt, logPartition, logOffset, low, high));
        }
    }

    /// What a party received, or handed over, of one category.
    @Entity(name = "Total")
    @Table(name = "jpa_total")
    static class Total {
        @Id String id = "";
        @Version long version;
        long best;
        long low;
        long high;
        long disputed;
        long unstated;

        protected Total() {}

        Total(String id) {
            this.id = id;
        }

        static String id(Account account) {
            return "%s %s %s"
                    .formatted(
                            account.party(),
                            account.received() ? "received" : "handed-over",
                            account.category());
        }

        void add(Figure figure) {
            best += figure.best();
            low += figure.low();
            high += figure.high();
            disputed += figure.disputed();
            unstated += figure.unstated();
        }
    }

    /// How far a partition has been read.
    @Entity(name = "Position")
    @Table(name = "jpa_position")
    static class Position {
        @Id String id = "";
        long nextOffset;

        protected Position() {}

        Position(String id) {
            this.id = id;
        }
    }
}
