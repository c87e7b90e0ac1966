/// Over time: one category, what each side received or handed over, added up or per month.

import { chart } from "./chart.js";
import { el, table } from "./dom.js";
import { address, all } from "./ledger.js";
import { clocks, path, read, write } from "./state.js";
import { day, number, party as named, say, uncertainty } from "./words.js";

const NOTHING = { best: 0, low: 0, high: 0, disputed: 0, unstated: 0 };

function select(name, options, chosen, change) {
  return el("label", {}, say(name), " ",
    el("select", { name, onchange: event => change(event.target.value) },
      options.map(([value, text]) =>
        el("option", { value, selected: value === chosen }, text))));
}

export async function timeline(section, totals, agreements, claims, open) {
  const shown = { category: "", direction: read().shown || "received",
    cumulative: String(read().per !== "month") };
  const categories = [...new Set(totals.parties.flatMap(it => it.totals.map(of => of.category)))];
  const sides = totals.parties.filter(it => it.role === "side");
  shown.category = categories.includes(read().category) ? read().category : categories[0];
  const place = el("div");
  section.append(place);
  const draw = async () => {
    const query = { bucket: "month", cumulative: shown.cumulative, limit: 1000, ...clocks() };
    const url = address(path("/timeline"), query);
    const buckets = await all(url);
    const series = sides.map(side => ({
      party: side, name: named(side.party),
      figures: buckets.map(it => it.parties.find(of => of.party === side.party).totals
        .find(of => of.category === shown.category)?.[shown.direction] ?? NOTHING)
    }));
    const title = say("series",
      { direction: say(shown.direction), category: say(shown.category) });
    const choose = (since, until) => open(
      { category: shown.category, since, until }, null, section.querySelector(".chart"));
    const change = name => value => {
      shown[name] = value;
      write({ category: shown.category, shown: shown.direction,
        per: shown.cumulative === "true" ? "" : "month" });
      draw();
    };
    place.replaceChildren(
      el("p", { class: "choices" },
        select("category", categories.map(it => [it, say(it)]), shown.category,
          change("category")),
        select("direction", ["received", "handedOver"].map(it => [it, say(it)]),
          shown.direction, change("direction")),
        select("over.time", [["true", say("cumulative")], ["false", say("per.month")]],
          shown.cumulative, change("cumulative"))),
      buckets.length === 0 ? el("p", {}, say("none"))
        : chart(title, buckets, series, marks(agreements, claims, shown, sides), choose),
      el("p", { class: "note" }, say("chart.help")),
      el("details", {}, el("summary", {}, say("as.table")),
        table(title, [say("month"), ...series.map(it => it.name)],
          buckets.map((it, index) => [day(it.to), ...series.map(of =>
            el("span", {}, number(of.figures[index].best),
              el("small", { class: "unsure" }, uncertainty(of.figures[index]))))]))),
      el("p", { class: "tools" }, el("a", { href: address(path("/timeline"),
        { ...query, format: "csv" }) }, "CSV"), " ", el("a", { href: url }, say("call"))));
  };
  await draw();
}

/// Agreements on their day; of the running totals those of just this category and direction.
function marks(agreements, claims, shown, sides) {
  const codes = sides.map(it => it.party);
  const totals = shown.cumulative !== "true" ? [] : claims.filter(({ assertion: it }) =>
    it?.kind === "total" && it.count !== null && !it.since && !it.agreement
    && it.categories?.length === 1 && it.categories[0] === shown.category
    && codes.includes(it.from) && codes.includes(it.to));
  return [
    ...agreements.map(it => ({ on: last(it.concludedOn),
      name: `${day(it.concludedOn)}: ${it.title}` })),
    ...totals.map(it => ({ on: last(it.assertion.until ?? it.statedOn), value: it.assertion.count,
      name: `${it.claimant.name}, ${day(it.statedOn)}: ${number(it.assertion.count)}` }))
  ];
}

const last = date => date.split("/").pop().padEnd(10, "-01");
