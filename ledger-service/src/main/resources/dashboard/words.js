/// What is said in the language of the page, and how numbers and days are written there.

import { el } from "./dom.js";

const { lang: language, dir } = document.documentElement;
const answer = await fetch(new URL(`lang/${language}.json`, import.meta.url));
const texts = await answer.json();

/// The reader's own way of writing numbers, where it is of the page's language.
const locale = navigator.languages.find(it => it.split("-")[0] === language) ?? language;
const numbers = new Intl.NumberFormat(locale);
const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
const months = new Intl.DateTimeFormat(locale,
  { month: "short", year: "numeric", timeZone: "UTC" });
const times = new Intl.DateTimeFormat(locale,
  { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

export function say(name, values = {}) {
  return (texts[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export const number = it => numbers.format(it);
export const time = it => it === null ? say("none") : times.format(new Date(it)) + " UTC";
export const month = it => months.format(new Date(it));

/// A day, or what is less exact, as it was reported: a month, a year, an interval.
export function day(it) {
  return it === null ? say("none")
    : /^\d{4}-\d\d-\d\d$/.test(it) ? days.format(new Date(it))
    : /^\d{4}-\d\d$/.test(it) ? months.format(new Date(it))
    : it.split("/").length === 2 ? it.split("/").map(day).join(" – ")
    : it;
}

/// The names of the parties, as the conflict is defined.
const names = new Map();
export const know = parties => parties.forEach(it => names.set(it.party, it.name));

export const party = code => texts[`party.${code}`] ?? names.get(code) ?? code;

/// An arrow that points as the text runs.
export const forth = dir === "rtl" ? " ← " : " → ";

/// From whom to whom. A name of the other direction leaves the arrow where it is.
export const way = it => [el("bdi", {}, party(it.from)), forth, el("bdi", {}, party(it.to))];

/// What a figure leaves open: never shown without.
export function uncertainty(figure) {
  return say("uncertainty", {
    low: number(figure.low), high: number(figure.high),
    disputed: number(figure.disputed), unstated: number(figure.unstated)
  });
}

/// A number as it was reported, with its range where it has one, or why there is none.
export function counted(it) {
  if (it.count === null || it.count === undefined) {
    return say(it.countStatus ?? it.qualifier ?? "unknown");
  }
  const word = it.qualifier && it.qualifier !== "exact" ? say(it.qualifier) + " " : "";
  const low = it.low ?? it.count;
  const high = it.high ?? it.count;
  return word + number(it.count)
    + (low === high ? "" : ` (${number(low)}–${number(high)})`);
}
