package parley.ledger.books;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import parley.contract.Envelope;
import parley.contract.EventCodec;
import parley.contract.LogPosition.Partition;
import parley.ledger.books.LogRecord.Attributes;
import parley.ledger.books.LogRecord.Content.Legible;
import parley.ledger.fold.LoggedEvent;
import parley.ledger.fold.SmallWorld;

/// The log of a small world as its partitions hold it, to be read in any order that a consumer
/// might read it in.
record WrittenLog(Map<Partition, List<LoggedEvent>> partitions) {
    private static final Comparator<Partition> BY_NAME =
            Comparator.comparing(Partition::topic).thenComparing(Partition::partition);

    static WrittenLog of(SmallWorld world) {
        var partitions = new TreeMap<Partition, List<LoggedEvent>>(BY_NAME);
        world.events()
                .forEach(
                        event ->
                                partitions
                                        .computeIfAbsent(partition(event), _ -> new ArrayList<>())
                                        .add(event));
        return new WrittenLog(partitions);
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

    /// In batches of any size, from whichever partitions happen to have something.
    List<List<LogSlice>> batches(Random random) {
        var read = new TreeMap<Partition, Integer>(BY_NAME);
        var batches = new ArrayList<List<LogSlice>>();
        int left = events().size();
        int most = 1 + random.nextInt(8);
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
                from == 0 ? 0 : events.get(from - 1).at().offset() + 1,
                events.get(to - 1).at().offset() + 1,
                events.subList(from, to).stream().map(WrittenLog::record).toList());
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
}
