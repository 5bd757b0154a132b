/**
 * @typedef {{ name: string, title: string, description: string, text: string }} StoredQuery
 * @typedef {{ iri: string, label: string, kind?: "class" | "property" }} Term
 * @typedef {object} Page what the page says about itself: README.md has its HTML
 * @property {HTMLElement} root
 * @property {string} endpoint
 * @property {string} language
 * @property {string} base the base IRI of the data set, or "" if none is given
 * @property {string} site what opens the IRIs under `base`: an address that ends with a slash, or ""
 * @property {string} text the query that stands in the form
 * @property {Record<string, string>} prefixes
 * @property {StoredQuery[]} queries
 * @property {Term[]} terms
 */

/**
 * The page as `root` and the JSON blocks beside it describe it.
 *
 * @param {HTMLElement} root
 * @returns {Page}
 */
export function readPage(root) {
  const { endpoint, language, base, site } = root.dataset;
  return {
    root,
    endpoint: endpoint ?? "sparql",
    language: language || document.documentElement.lang || "en",
    base: base ?? "",
    site: site ?? "",
    text: root.querySelector("textarea")?.value.trim() ?? "",
    prefixes: json("query-prefixes") ?? {},
    queries: json("query-stored") ?? [],
    terms: json("query-terms") ?? [],
  };
}

/**
 * The query that the address of the page carries, in its fragment or else in its query part.
 *
 * @returns {string} "" if there is none
 */
export function sharedQuery() {
  for (const part of [location.hash.slice(1), location.search]) {
    const query = new URLSearchParams(part).get("query");
    if (query) return query;
  }
  return "";
}

/**
 * The fragment that carries `query`. Fragments are not sent to the server.
 *
 * @param {string} query
 */
export function fragment(query) {
  return `#query=${encodeURIComponent(query)}`;
}

/** @param {string} id */
function json(id) {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent || "null") : undefined;
}
