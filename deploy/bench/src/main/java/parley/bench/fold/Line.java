package parley.bench.fold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import parley.contract.Category;
import parley.contract.Direction;

/// What a transfer amounts to, in the light of the claims about it: a double entry.
public record Line(Direction direction, Figure figure) {
    void write(DataOutput out) throws IOException {
        writeDirection(out, direction);
        figure.write(out);
    }

    static Line read(DataInput in) throws IOException {
        return new Line(readDirection(in), Figure.read(in));
    }

    static void writeDirection(DataOutput out, Direction direction) throws IOException {
        out.writeUTF(direction.from());
        out.writeUTF(direction.to());
        out.writeByte(direction.category().ordinal());
    }

    static Direction readDirection(DataInput in) throws IOException {
        return new Direction(in.readUTF(), in.readUTF(), Category.values()[in.readByte()]);
    }
}
