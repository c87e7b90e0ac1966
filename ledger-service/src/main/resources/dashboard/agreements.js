/// What was agreed, held against what was transferred.

import { el, outward, table } from "./dom.js";
import { counted, day, number, party as named, say, uncertainty, way } from "./words.js";

export function agreementsView(agreements) {
  return agreements.length === 0 ? [el("p", {}, say("agreements.none"))]
    : agreements.map(it => el("details", { class: "agreement" },
      el("summary", {}, el("strong", {}, it.title), ` ${day(it.concludedOn)}`,
        it.place ? ` · ${it.place}` : ""),
      table(it.title, ["from.to", "category", "committed", "transferred", "by.claims"]
        .map(head => say(head)), it.commitments.map(commitment)),
      el("ul", { class: "sources" }, it.sources.map(source =>
        el("li", {}, outward(source.url, source.title), ` ${source.publisher}`)))));
}

function commitment(it) {
  const who = (it.statedBy ?? []).map(of => named(of)).join(", ");
  return [
    el("span", {}, way(it)),
    el("span", {}, say(it.category)),
    el("span", {}, counted(it),
      it.contested ? el("small", { class: "contested" }, say("contested", { who })) : ""),
    el("span", {}, el("strong", {}, number(it.transferred.best)),
      el("small", { class: "unsure" }, uncertainty(it.transferred)),
      it.percent === null || it.percent === undefined ? ""
        : el("small", {}, say(it.over > 0 ? "percent.over" : "percent", {
          percent: number(it.percent), remaining: number(it.remaining ?? 0),
          over: number(it.over ?? 0) }))),
    el("ul", { class: "sources" }, Object.entries(it.claimed ?? {}).map(([code, claim]) =>
      el("li", {}, `${named(code)}: ${number(claim.count)}`,
        el("small", { class: "unsure" }, `${claim.claimant}, ${day(claim.statedOn)}`))))
  ];
}
