/// Reports that are probably of one handover, side by side, with what speaks for it.

import { el, table } from "./dom.js";
import { counted, day, number, say, way } from "./words.js";

export function duplicatesView(pairs, openExchange) {
  return pairs.length === 0 ? [el("p", {}, say("duplicates.none"))]
    : [el("p", { class: "note" }, say("duplicates.help")),
      table(say("duplicates"), ["reports", "likeness", "score"].map(head => say(head)),
        pairs.map(it => [
          el("ul", { class: "reports" }, it.exchanges.map(of => report(of, openExchange))),
          // The ledger's own sentences are English whatever the language of the page.
          el("ul", { class: "sources", lang: "en", dir: "ltr" },
            it.reasons.map(reason => el("li", {}, reason))),
          el("span", {}, number(it.score))]))];
}

function report(it, openExchange) {
  return el("li", {},
    el("button", { type: "button", class: "link", "data-exchange": it.exchange,
      onclick: event => openExchange(it.exchange, event.currentTarget) }, day(it.occurredOn)),
    el("small", { class: "unsure" }, [it.publisher, it.place].filter(Boolean).join(", ")),
    it.transfers.map(of => el("p", {}, way(of), `: ${say(of.category)}, `,
      el("strong", {}, counted(of)))));
}
