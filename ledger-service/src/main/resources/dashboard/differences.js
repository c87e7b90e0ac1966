/// Where claimants and the ledger differ: about one transfer, and about running totals.

import { el, table } from "./dom.js";
import { counted, day, number, party as named, say, uncertainty } from "./words.js";

export function discrepanciesView(items, openExchange) {
  return items.length === 0 ? [el("p", {}, say("discrepancies.none"))]
    : [table(say("discrepancies"), ["day", "from.to", "ledger", "claims", "spread"]
      .map(head => say(head)), items.map(it => [
        el("button", { type: "button", class: "link",
          onclick: event => openExchange(it.exchange, event.currentTarget) },
          day(it.occurredOn)),
        el("span", {}, `${named(it.from)} → ${named(it.to)}`, el("br"), say(it.category)),
        el("span", {}, el("strong", {}, counted(it.ledger)),
          el("small", { class: "unsure" }, uncertainty(it.ledger.figure))),
        el("ul", { class: "sources" }, it.claims.map(claim => el("li", {}, counted(claim),
          el("small", { class: "unsure" }, `${claim.claimant.name}, ${day(claim.statedOn)}`)))),
        el("span", {}, number(it.spread))]))];
}

/// The findings as sentences, each with what it rests on.
export function reconciliationView(items) {
  return [el("ul", { class: "findings" }, items.map(it => el("li", { class: it.verdict },
    el("p", {}, say(`reconciliation.${it.verdict}`, {
      who: it.claimant.name, statedOn: day(it.statedOn), claimed: number(it.claimed),
      best: number(it.ledger.best), low: number(it.ledger.low), high: number(it.ledger.high),
      unstated: number(it.ledger.unstated), gap: number(Math.abs(it.gap)) })),
    el("p", { class: "unsure" }, uncertainty(it.ledger)),
    it.since && it.gap !== it.since.gap ? el("p", {}, say("reconciliation.since", {
      from: day(it.since.statedOn), to: day(it.statedOn), before: number(it.since.gap) })) : "",
    (it.explanations ?? []).length === 0 ? "" : el("ul", {}, it.explanations.map(of =>
      el("li", {}, of.sentence ?? of.kind))))))];
}
