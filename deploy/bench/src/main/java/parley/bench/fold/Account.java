package parley.bench.fold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import parley.contract.Category;

/// What a party received, or handed over, of one category.
public record Account(String party, boolean received, Category category) {
    void write(DataOutput out) throws IOException {
        out.writeUTF(party);
        out.writeBoolean(received);
        out.writeByte(category.ordinal());
    }

    static Account read(DataInput in) throws IOException {
        return new Account(in.readUTF(), in.readBoolean(), Category.values()[in.readByte()]);
    }
}
