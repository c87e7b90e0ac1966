package parley.contract;

import static parley.contract.Required.present;

import org.jspecify.annotations.Nullable;

/// A reference that a reader can check.
///
/// @param publishedOn when it came out, or null where it does not say
public record Source(String title, String publisher, String url, @Nullable EdtfDate publishedOn) {
    public Source {
        present(title, "title");
        present(publisher, "publisher");
        present(url, "url");
    }
}
