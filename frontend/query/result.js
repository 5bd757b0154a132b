import { readAnswer } from "./answer.js";
import { button, element } from "./dom.js";
import { addressOf, shortIri } from "./iris.js";
import { fragment } from "./page.js";

/** @typedef {import("./answer.js").Table} Table */
/** @typedef {import("./answer.js").Term} Term */
/** @typedef {import("./endpoint.js").Answer} Answer */
/** @typedef {import("./iris.js").Names} Names */
/** @typedef {import("./words.js").Words} Words */

const PORTION = 100; // rows shown at once
const PROSE = 40; // characters from which on a literal wants a wide column
const NUMBER = /#(?:integer|decimal|double|float|int|long|short|byte|(?:non)?(?:positive|negative)Integer|unsigned\w+)$/i;

/** @type {Record<"rows" | "triples" | "boolean" | "unknown", [name: string, ending: string, mediaType: string][]>} */
const DOWNLOADS = {
  rows: [
    ["CSV", "csv", "text/csv"],
    ["TSV", "tsv", "text/tab-separated-values"],
    ["JSON", "srj", "application/sparql-results+json"],
    ["XML", "srx", "application/sparql-results+xml"],
  ],
  triples: [
    ["Turtle", "ttl", "text/turtle"],
    ["JSON-LD", "jsonld", "application/ld+json"],
    ["N-Triples", "nt", "application/n-triples"],
    ["RDF/XML", "rdf", "application/rdf+xml"],
  ],
  boolean: [
    ["JSON", "srj", "application/sparql-results+json"],
    ["XML", "srx", "application/sparql-results+xml"],
  ],
  unknown: [],
};

/**
 * The result of `query`: how much it is, a table, the raw response, and downloads.
 *
 * @param {Answer} answer
 * @param {object} about
 * @param {string} about.query
 * @param {Names} about.names
 * @param {string} about.language
 * @param {Words} about.words
 * @param {(mediaType: string, ending: string) => void} about.download
 * @returns {{ summary: string, content: Node[] }} `summary` is one sentence
 */
export function showResult(answer, { query, names, language, words, download }) {
  const number = new Intl.NumberFormat(language);
  const seconds = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(answer.seconds);
  const said = understood(answer);
  const kind = said?.kind ?? "unknown";
  const shown = said ? drawn(said, { names, number, words }) : element("p", {}, words.unreadableDetail);
  const amount = !said
    ? words.unreadable
    : said.kind === "boolean"
      ? said.value ? words.yes : words.no
      : words[said.kind](said.rows.length, number.format(said.rows.length));

  const raw = element("pre", { class: "query-raw", tabindex: 0, role: "region", "aria-label": words.raw }, answer.text);
  raw.hidden = said !== undefined;
  const tools = element("div", { class: "query-tools" });
  if (said) tools.append(views(words, shown, raw));
  if (DOWNLOADS[kind].length > 0) tools.append(downloads(words, kind, download));
  tools.append(element("a", { href: fragment(query) }, words.link));

  const content = [tools, shown, raw];
  if (answer.cut) content.unshift(element("p", { class: "query-cut" }, words.cut));
  return { summary: `${amount}, ${words.took(seconds)}.`, content };
}

/** @param {Answer} answer */
function understood(answer) {
  try {
    return readAnswer(answer.mediaType, answer.text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * @param {Table | import("./answer.js").YesOrNo} said
 * @param {{ names: Names, number: Intl.NumberFormat, words: Words }} how
 * @returns {HTMLElement}
 */
function drawn(said, how) {
  if (said.kind === "boolean") {
    return element("p", { class: "query-boolean" }, said.value ? how.words.yes : how.words.no);
  }
  return said.rows.length === 0 ? element("p", {}, how.words.nothing) : table(said, how);
}

/**
 * A table that shows its rows in portions, so that ten thousand of them do not halt the browser.
 *
 * @param {Table} said
 * @param {{ names: Names, number: Intl.NumberFormat, words: Words }} how
 */
function table(said, { names, number, words }) {
  const looks = said.columns.map((_name, column) => (numeric(said, column) ? "query-number" : undefined));
  const headings = said.columns.map((name, column) =>
    element(
      "th",
      { scope: "col", class: looks[column] },
      said.kind === "triples" ? words[/** @type {"subject"} */ (name)] : name,
    ),
  );
  const body = element("tbody");
  const frame = element(
    "div",
    { class: "query-table", tabindex: 0, role: "region", "aria-label": words.table },
    element("table", {}, element("thead", {}, element("tr", {}, ...headings)), body),
  );
  const progress = element("p", { role: "status" });
  const more = button("", () => {
    append();
    if (more.hidden) frame.focus(); // rather than nowhere, when the button is gone
  });
  const append = () => {
    const start = body.rows.length;
    for (const row of said.rows.slice(start, start + PORTION)) {
      body.append(element("tr", {}, ...row.map((term, column) => cell(term, names, looks[column]))));
    }
    const left = said.rows.length - body.rows.length;
    more.hidden = left === 0;
    more.textContent = words.more(number.format(Math.min(left, PORTION)));
    if (said.rows.length > PORTION) {
      progress.textContent = words.shown(number.format(body.rows.length), number.format(said.rows.length));
    }
  };
  append();
  return element("div", {}, frame, element("div", { class: "query-more" }, progress, more));
}

/**
 * Whether a column has nothing but numbers.
 *
 * @param {Table} said
 * @param {number} column
 */
function numeric({ rows }, column) {
  return rows.every((row) => {
    const term = row[column];
    return !term || (term.kind === "literal" && NUMBER.test(term.datatype));
  });
}

/**
 * @param {Term | undefined} term nothing, where a variable is unbound
 * @param {Names} names
 * @param {string} [column] the class of its column
 */
function cell(term, names, column) {
  if (!term) return element("td");
  if (term.kind === "blank") return element("td", {}, `_:${term.value}`);
  if (term.kind === "iri") {
    const href = addressOf(term.value, names);
    const short = shortIri(term.value, names);
    const title = short === term.value ? undefined : term.value;
    return element("td", {}, href ? element("a", { href, title }, short) : element("span", { title }, short));
  }
  const { value, language, datatype } = term;
  const look = column ?? (value.length > PROSE ? "query-prose" : undefined);
  if (!language) {
    const title = datatype ? shortIri(datatype, names) : undefined;
    return element("td", { class: look, title }, value);
  }
  return element(
    "td",
    { class: look },
    element("span", { lang: language }, value),
    " ",
    element("span", { class: "query-language" }, `@${language}`),
  );
}

/**
 * Two buttons of which one is pressed: the table, or the response as it was sent.
 *
 * @param {Words} words
 * @param {HTMLElement} shown
 * @param {HTMLElement} raw
 */
function views(words, shown, raw) {
  /** @param {boolean} asTable */
  const choose = (asTable) => {
    shown.hidden = !asTable;
    raw.hidden = asTable;
    first.setAttribute("aria-pressed", `${asTable}`);
    second.setAttribute("aria-pressed", `${!asTable}`);
  };
  const first = button(words.table, () => choose(true));
  const second = button(words.raw, () => choose(false));
  choose(true);
  return element("div", { role: "group", "aria-label": words.view, class: "query-group" }, first, second);
}

/**
 * @param {Words} words
 * @param {keyof typeof DOWNLOADS} kind
 * @param {(mediaType: string, ending: string) => void} download
 */
function downloads(words, kind, download) {
  const buttons = DOWNLOADS[kind].map(([name, ending, mediaType]) => button(name, () => download(mediaType, ending)));
  return element(
    "div",
    { role: "group", "aria-labelledby": "query-download", class: "query-group" },
    element("span", { id: "query-download" }, words.download),
    ...buttons,
  );
}
