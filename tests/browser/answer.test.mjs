/** What is made of an answer and of IRIs, without a browser. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { readAnswer } from "../../frontend/query/answer.js";
import { addressOf, shortIri } from "../../frontend/query/iris.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const iri = (value) => ({ kind: "iri", value });
const blank = (value) => ({ kind: "blank", value });
const literal = (value, language = "", datatype = "") => ({ kind: "literal", value, language, datatype });

test("rows of SPARQL JSON keep the order of their variables, and what is unbound is nothing", () => {
  const text = JSON.stringify({
    head: { vars: ["b", "a"] },
    results: {
      bindings: [
        { a: { type: "uri", value: "urn:a" }, b: { type: "bnode", value: "x" } },
        { b: { type: "literal", value: "é", "xml:lang": "fr" } },
        { b: { type: "literal", value: "7", datatype: `${XSD}integer` }, a: { type: "literal", value: "s", datatype: `${XSD}string` } },
      ],
    },
  });
  assert.deepEqual(readAnswer("application/sparql-results+json", text), {
    kind: "rows",
    columns: ["b", "a"],
    rows: [
      [blank("x"), iri("urn:a")],
      [literal("é", "fr"), undefined],
      [literal("7", "", `${XSD}integer`), literal("s")],
    ],
  });
});

test("N-Triples are read with their escapes, blank nodes and comments", () => {
  const text = [
    "# a comment",
    "<urn:a> <urn:p> <urn:b\\u00E9> .",
    '_:x1 <urn:p> "tab\\t, line\\n, \\"quoted\\", \\\\, \\U0001F600"@en-CA .',
    `_:x1 <urn:p> "1"^^<${XSD}integer> .`,
    "<urn:a> <urn:p> _:x1 .",
    "",
  ].join("\n");
  assert.deepEqual(readAnswer("application/n-triples", text), {
    kind: "triples",
    columns: ["subject", "predicate", "object"],
    rows: [
      [iri("urn:a"), iri("urn:p"), iri("urn:bé")],
      [blank("x1"), iri("urn:p"), literal('tab\t, line\n, "quoted", \\, 😀', "en-CA")],
      [blank("x1"), iri("urn:p"), literal("1", "", `${XSD}integer`)],
      [iri("urn:a"), iri("urn:p"), blank("x1")],
    ],
  });
});

test("what is in no known form, or not in the form that it claims, is a SyntaxError", () => {
  for (const [mediaType, text] of [
    ["text/html", "<p>"],
    ["application/sparql-results+json", "{"],
    ["application/sparql-results+json", '{"head":{}}'],
    ["application/n-triples", "<urn:a> <urn:p> ."],
  ]) {
    assert.throws(() => readAnswer(mediaType, text), SyntaxError, `${mediaType} ${text}`);
  }
});

test("an IRI is shortened by the data set and the prefixes, and leads where it may lead", () => {
  const names = { base: "https://w3id.org/ds2026/", site: "../", prefixes: { ds: "https://w3id.org/ds2026/ontology#", ex: "https://example.org/" } };
  const told = (value) => [shortIri(value, names), addressOf(value, names)];
  assert.deepEqual(told("https://w3id.org/ds2026/id/mission/3.1"), ["mission/3.1", "../id/mission/3.1"]);
  assert.deepEqual(told("https://w3id.org/ds2026/ontology#ledBy"), ["ds:ledBy", "../ontology#ledBy"]);
  assert.deepEqual(told("https://example.org/a/b"), ["https://example.org/a/b", "https://example.org/a/b"]);
  assert.deepEqual(told("https://example.org/"), ["https://example.org/", "https://example.org/"]);
  assert.deepEqual(told("javascript:alert(1)"), ["javascript:alert(1)", undefined]);
  assert.deepEqual(addressOf("https://w3id.org/ds2026/id/mission/3", { ...names, site: "" }), "https://w3id.org/ds2026/id/mission/3");
});
