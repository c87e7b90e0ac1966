package parley.contract;

import static parley.contract.Required.code;
import static parley.contract.Required.present;

/// Who hands whom over to whom: what a transfer, a commitment and a claim can be about.
public record Direction(String from, String to, Category category) {
    public Direction {
        check(from, to);
        present(category, "category");
    }

    static void check(String from, String to) {
        code(from, "from");
        code(to, "to");
        if (from.equals(to)) {
            throw new IllegalArgumentException("`from` and `to` are both " + from + ".");
        }
    }
}
