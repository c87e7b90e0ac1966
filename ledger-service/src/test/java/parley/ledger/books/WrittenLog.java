package parley.ledger.books;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.LogPosition.Partition;
import parley.ledger.books.LogRecord.Attributes;
import parley.ledger.books.LogRecord.Content.Illegible;
import parley.ledger.books.LogRecord.Content.Legible;
import parley.ledger.fold.Coordinates;
import parley.ledger.fold.LoggedEvent;
import parley.ledger.fold.SmallWorld;

/// The log of a small world as its partitions hold it, to be read in any order that a consumer
/// might read it in.
record WrittenLog(Map<Partition, List<LoggedEvent>> partitions) {
    private static final Comparator<Partition> BY_NAME =
            Comparator.comparing(Partition::topic).thenComparing(Partition::partition);

    /// Between two events there is room for a record that is none.
    private static final long STEP = 2;

    private static final int GARBAGE_EVERY = 14;

    static WrittenLog of(SmallWorld world) {
        return of(world.events());
    }

    /// Takes events in whose order none of a partition is older than the one before it, or the log
    /// of several such worlds one after the other.
    static WrittenLog of(List<LoggedEvent> events) {
        var partitions = new TreeMap<Partition, List<LoggedEvent>>(BY_NAME);
        events.stream()
                .sorted(Comparator.comparing(LoggedEvent::recordedAt))
                .forEach(
                        event -> {
                            Partition partition = partition(event);
                            var taken =
                                    partitions.computeIfAbsent(partition, _ -> new ArrayList<>());
                            taken.add(at(STEP * taken.size(), event));
                        });
        return new WrittenLog(partitions);
    }

    private static LoggedEvent at(long offset, LoggedEvent event) {
        Coordinates at = event.at();
        return new LoggedEvent(
                new Coordinates(at.topic(), at.partition(), offset),
                event.recordedAt(),
                event.envelope(),
                event.content());
    }

    List<LoggedEvent> events() {
        return partitions.values().stream().flatMap(List::stream).toList();
    }

    /// All of it at once.
    List<LogSlice> atOnce() {
        return partitions.keySet().stream()
                .map(it -> slice(it, 0, events(it).size()))
                .filter(it -> it.to() > 0)
                .toList();
    }

    /// In two: what it took before that moment, and the rest.
    List<List<LogSlice>> parted(Instant moment) {
        var before = new ArrayList<LogSlice>();
        var rest = new ArrayList<LogSlice>();
        partitions.forEach(
                (partition, events) -> {
                    int cut =
                            (int)
                                    events.stream()
                                            .filter(it -> it.recordedAt().isBefore(moment))
                                            .count();
                    before.add(slice(partition, 0, cut));
                    rest.add(slice(partition, cut, events.size()));
                });
        return Stream.of(before, rest)
                .map(all -> all.stream().filter(it -> it.to() > it.from()).toList())
                .toList();
    }

    /// One partition after the other, in any order of them.
    List<List<LogSlice>> oneAfterTheOther(Random random) {
        List<Partition> order = new ArrayList<>(partitions.keySet());
        Collections.shuffle(order, random);
        return order.stream().map(it -> List.of(slice(it, 0, events(it).size()))).toList();
    }

    /// In the order of the log, each event by itself.
    List<List<LogSlice>> oneByOne() {
        var read = new TreeMap<Partition, Integer>(BY_NAME);
        return events().stream()
                .sorted(LoggedEvent.LOG_ORDER)
                .map(WrittenLog::partition)
                .map(
                        it -> {
                            int to = read.merge(it, 1, Integer::sum);
                            return slice(it, to - 1, to);
                        })
                .map(List::of)
                .toList();
    }

    /// In the order of the log, in batches of any size.
    List<List<LogSlice>> inOrder(Random random) {
        List<LoggedEvent> events = events().stream().sorted(LoggedEvent.LOG_ORDER).toList();
        var read = new TreeMap<Partition, Integer>(BY_NAME);
        var batches = new ArrayList<List<LogSlice>>();
        int most = 1 + random.nextInt(events.size());
        int next = 0;
        while (next < events.size()) {
            int size = Math.min(1 + random.nextInt(most), events.size() - next);
            var counts = new TreeMap<Partition, Integer>(BY_NAME);
            for (LoggedEvent event : events.subList(next, next + size)) {
                counts.merge(partition(event), 1, Integer::sum);
            }
            var batch = new ArrayList<LogSlice>();
            counts.forEach(
                    (partition, count) -> {
                        int from = read.getOrDefault(partition, 0);
                        batch.add(slice(partition, from, from + count));
                        read.put(partition, from + count);
                    });
            batches.add(batch);
            next += size;
        }
        return batches;
    }

    /// In batches of any size, from whichever partitions happen to have something.
    List<List<LogSlice>> batches(Random random) {
        var read = new TreeMap<Partition, Integer>(BY_NAME);
        var batches = new ArrayList<List<LogSlice>>();
        int left = events().size();
        int most = 1 + random.nextInt(8 + events().size() / 20);
        while (left > 0) {
            var batch = new ArrayList<LogSlice>();
            for (Partition partition : partitions.keySet()) {
                int from = read.getOrDefault(partition, 0);
                int to = Math.min(events(partition).size(), from + random.nextInt(most + 1));
                if (to > from && random.nextBoolean()) {
                    batch.add(slice(partition, from, to));
                    read.put(partition, to);
                    left -= to - from;
                }
            }
            batches.add(batch);
        }
        return batches;
    }

    private List<LoggedEvent> events(Partition partition) {
        return partitions.getOrDefault(partition, List.of());
    }

    private LogSlice slice(Partition partition, int from, int to) {
        List<LoggedEvent> events = events(partition);
        return new LogSlice(
                partition.topic(),
                partition.partition(),
                STEP * from,
                STEP * to,
                events.subList(from, to).stream().flatMap(WrittenLog::records).toList());
    }

    /// Behind some events stands something that is none.
    private static Stream<LogRecord> records(LoggedEvent event) {
        Coordinates at = event.at();
        if (at.offset() % GARBAGE_EVERY != at.partition()) {
            return Stream.of(record(event));
        }
        Attributes attributes = record(event).attributes();
        var garbage =
                new LogRecord(
                        new Coordinates(at.topic(), at.partition(), at.offset() + 1),
                        event.recordedAt(),
                        attributes,
                        new byte[] {(byte) at.offset()},
                        new Illegible("not an event"));
        return Stream.of(record(event), garbage);
    }

    private static LogRecord record(LoggedEvent event) {
        Envelope envelope = event.envelope();
        return new LogRecord(
                event.at(),
                event.recordedAt(),
                new Attributes(
                        envelope.id(),
                        envelope.source(),
                        envelope.type().wire(),
                        envelope.subject(),
                        envelope.time(),
                        envelope.authority().name()),
                EventCodec.write(event.content()),
                new Legible(envelope, event.content()));
    }

    private static Partition partition(LoggedEvent event) {
        return new Partition(event.at().topic(), event.at().partition());
    }

    /// When an event is taken, which stands in that place.
    interface Clock {
        Instant takenAt(Instant start, int number, Instant before);
    }

    /// The events of a world, each with a name of its own, taken when the clock says.
    static WrittenLog of(SmallWorld world, Clock clock) {
        List<LoggedEvent> events = world.events().stream().sorted(LoggedEvent.LOG_ORDER).toList();
        Instant start = events.getFirst().recordedAt();
        var taken = new ArrayList<LoggedEvent>();
        for (int number = 0; number < events.size(); number++) {
            LoggedEvent event = events.get(number);
            Envelope it = event.envelope();
            taken.add(
                    new LoggedEvent(
                            event.at(),
                            clock.takenAt(start, number, event.recordedAt()),
                            new Envelope(
                                    it.id() + "-" + number,
                                    it.source(),
                                    it.type(),
                                    it.subject(),
                                    it.time(),
                                    it.authority()),
                            event.content()));
        }
        return of(taken);
    }
}
