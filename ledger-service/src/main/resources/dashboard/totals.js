/// At a glance: each party's totals, with what they leave open.

import { el } from "./dom.js";
import { address } from "./ledger.js";
import { clocks, path } from "./state.js";
import { day, number, party as named, say, uncertainty } from "./words.js";

function cell(party, direction, category, figure, open) {
  const query = { party: party.party, direction, category };
  return el("td", {},
    el("a", {
      class: "best", href: address(path("/entries"), { ...query, ...clocks() }),
      "data-of": `${party.party} ${direction} ${category}`,
      onclick: event => {
        event.preventDefault();
        open(query, figure, event.currentTarget);
      }
    }, number(figure.best)),
    el("span", { class: "unsure" }, uncertainty(figure)));
}

function sheet(party, open) {
  return el("table", { class: `party ${party.role}` },
    el("caption", {}, named(party.party), " ",
      el("small", {}, `${say("exchanges")} ${number(party.exchanges)} · ${say("last")} `
        + day(party.lastExchangeOn))),
    el("thead", {}, el("tr", {}, ["category", "received", "handedOver"].map(
      it => el("th", { scope: "col" }, say(it))))),
    el("tbody", {}, party.totals.map(total => el("tr", {},
      el("th", { scope: "row" }, say(total.category)),
      cell(party, "received", total.category, total.received, open),
      cell(party, "handedOver", total.category, total.handedOver, open)))));
}

export function showTotals(totals, open) {
  const sheets = totals.parties.filter(it => it.totals.length > 0).map(it => sheet(it, open));
  document.getElementById("parties").replaceChildren(...sheets);
}
