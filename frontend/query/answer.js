/**
 * @typedef {{ kind: "iri", value: string }} Iri
 * @typedef {{ kind: "blank", value: string }} Blank
 * @typedef {{ kind: "literal", value: string, language: string, datatype: string }} Literal
 * @typedef {Iri | Blank | Literal} Term
 * @typedef {{ kind: "rows" | "triples", columns: string[], rows: (Term | undefined)[][] }} Table
 * @typedef {{ kind: "boolean", value: boolean }} YesOrNo
 */

const XSD_STRING = "http://www.w3.org/2001/XMLSchema#string";
const TRIPLE =
  /^(?:<([^>]*)>|_:(\S+)) <([^>]*)> (?:<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?) \.$/;
const ESCAPE = /\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g;
/** @type {Record<string, string>} */
const CONTROLS = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/**
 * What an answer says: SPARQL 1.1 Query Results JSON Format, or N-Triples.
 *
 * @param {string} mediaType without parameters
 * @param {string} text
 * @returns {Table | YesOrNo}
 * @throws {SyntaxError} for any other form, and for text that is not in the form it claims
 */
export function readAnswer(mediaType, text) {
  if (mediaType === "application/n-triples") return triples(text);
  if (mediaType !== "application/sparql-results+json") throw new SyntaxError(mediaType);
  const answer = JSON.parse(text);
  if (typeof answer.boolean === "boolean") return { kind: "boolean", value: answer.boolean };
  if (!Array.isArray(answer.head?.vars) || !Array.isArray(answer.results?.bindings)) throw new SyntaxError(mediaType);
  /** @type {string[]} */
  const columns = answer.head.vars;
  const rows = answer.results.bindings.map((/** @type {Record<string, any>} */ row) =>
    columns.map((name) => row[name] && jsonTerm(row[name])),
  );
  return { kind: "rows", columns, rows };
}

/**
 * @param {{ type: string, value: string, datatype?: string, "xml:lang"?: string }} term
 * @returns {Term}
 */
function jsonTerm(term) {
  if (term.type === "uri") return { kind: "iri", value: term.value };
  if (term.type === "bnode") return { kind: "blank", value: term.value };
  return literal(term.value, term["xml:lang"], term.datatype);
}

/**
 * @param {string} text
 * @returns {Table}
 */
function triples(text) {
  const rows = text
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map(triple);
  return { kind: "triples", columns: ["subject", "predicate", "object"], rows };
}

/**
 * @param {string} line
 * @returns {Term[]}
 */
function triple(line) {
  const found = TRIPLE.exec(line);
  if (!found) throw new SyntaxError(line);
  const [, subject, subjectNode, predicate, object, objectNode, value, language, datatype] = found;
  return [
    resource(subject, subjectNode),
    resource(predicate),
    value === undefined ? resource(object, objectNode) : literal(plain(value), language, datatype),
  ];
}

/**
 * @param {string | undefined} iri
 * @param {string} [node]
 * @returns {Term}
 */
function resource(iri, node = "") {
  return iri === undefined ? { kind: "blank", value: node } : { kind: "iri", value: plain(iri) };
}

/**
 * @param {string} value
 * @param {string} [language]
 * @param {string} [datatype]
 * @returns {Term}
 */
function literal(value, language = "", datatype = "") {
  return { kind: "literal", value, language, datatype: datatype === XSD_STRING ? "" : datatype };
}

/**
 * `text` without the escapes of N-Triples (§2.4).
 *
 * @param {string} text
 */
function plain(text) {
  return text.replace(ESCAPE, (_all, four, eight, one) =>
    one === undefined ? String.fromCodePoint(parseInt(four ?? eight, 16)) : (CONTROLS[one] ?? one),
  );
}
