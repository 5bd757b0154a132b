/**
 * @typedef {object} Answer
 * @property {string} text as it was sent
 * @property {string} mediaType without parameters
 * @property {boolean} cut whether the server left something out
 * @property {number} seconds from the question to the last byte
 *
 * @typedef {object} Problem what is wrong, as RFC 9457 has it, with what this project adds
 * @property {string} title
 * @property {string} detail
 * @property {string} [remedy]
 * @property {number} [line] from 1
 * @property {number} [column] from 1
 */

/** What the page can show: rows or yes-and-no as JSON, graphs as N-Triples. */
export const SHOWN = "application/sparql-results+json, application/n-triples;q=0.9";

/** A question that has no answer. `problem` says why. */
export class Refusal extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/**
 * The answer of `endpoint` to `query`, by POST as a form (SPARQL 1.1 Protocol §2.1.2): a query may be
 * longer than an address.
 *
 * @param {string} endpoint
 * @param {string} query
 * @param {{ accept?: string, language: string, signal?: AbortSignal, words: import("./words.js").Words }} how
 * @returns {Promise<Answer>}
 * @throws {Refusal} if the endpoint refuses or cannot be reached; `AbortError` if `signal` aborts
 */
export async function ask(endpoint, query, { accept = SHOWN, language, signal, words }) {
  const asked = performance.now();
  let response;
  let text;
  try {
    response = await fetch(endpoint, {
      method: "POST",
      headers: { accept, "accept-language": language },
      body: new URLSearchParams({ query }),
      signal: signal ?? null,
    });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal({ title: words.unreachable, detail: words.unreachableDetail });
  }
  const mediaType = (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!response.ok) throw new Refusal(problem(response.status, mediaType, text, words));
  return { text, mediaType, cut: response.headers.has("result-cut"), seconds: (performance.now() - asked) / 1000 };
}

/**
 * @param {number} status
 * @param {string} mediaType
 * @param {string} text
 * @param {import("./words.js").Words} words
 * @returns {Problem}
 */
function problem(status, mediaType, text, words) {
  if (mediaType === "application/problem+json") {
    try {
      const { title, detail, remedy, line, column } = JSON.parse(text);
      return { title: title ?? words.refused(status), detail: detail ?? "", remedy, line, column };
    } catch {
      // Not JSON, whatever it says: its text is shown as it is.
    }
  }
  const detail = mediaType === "text/html" ? "" : text.slice(0, 2000);
  return { title: words.refused(status), detail };
}
