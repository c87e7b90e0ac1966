package parley.ledger.books;

import java.util.List;
import parley.contract.Topic;

/// What was read of one partition at once.
///
/// @param from the offset from which it was read
/// @param to the offset that comes next
/// @param records those in between, in their order. Offsets may be missing: compaction and
///     transaction markers leave gaps
public record LogSlice(Topic topic, int partition, long from, long to, List<LogRecord> records) {
    public LogSlice {
        records = List.copyOf(records);
    }

    /// Two slices that follow each other; there are two records or more.
    List<LogSlice> halves() {
        int middle = records.size() / 2;
        long cut = records.get(middle).at().offset();
        return List.of(
                new LogSlice(topic, partition, from, cut, records.subList(0, middle)),
                new LogSlice(topic, partition, cut, to, records.subList(middle, records.size())));
    }
}
