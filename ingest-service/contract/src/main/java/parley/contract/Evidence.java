package parley.contract;

import static parley.contract.Required.present;

/// What a claimant shows for a claim, e.g. an image.
public record Evidence(String kind, String url) {
    public Evidence {
        present(kind, "kind");
        present(url, "url");
    }
}
