package parley.ledger.views;

import jakarta.enterprise.context.RequestScoped;

/// Whether what is answered to the request in hand can never change again.
@RequestScoped
class Permanence {
    private boolean isForGood;

    /// It rests on what was known at a moment that every partition has been read past.
    void grant() {
        isForGood = true;
    }

    boolean isForGood() {
        return isForGood;
    }
}
