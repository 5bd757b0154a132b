/** The query page: turns the plain form of `#query-editor` into an editor of SPARQL. */

import { button, element } from "./query/dom.js";
import { makeEditor } from "./query/editor.js";
import { Refusal, ask } from "./query/endpoint.js";
import { fragment, readPage, sharedQuery } from "./query/page.js";
import { showProblem } from "./query/problem.js";
import { showResult } from "./query/result.js";
import { wordsIn } from "./query/words.js";

/** @param {HTMLElement} root */
function start(root) {
  const page = readPage(root);
  const words = wordsIn(page.language);

  const status = element("p", { role: "status", class: "query-status" });
  const problem = element("div", { role: "alert", class: "query-problem" });
  const result = element("div", { class: "query-result" });
  const heading = element("h2", { id: "query-result-title" }, words.result);
  const section = element("section", { "aria-labelledby": "query-result-title" }, heading, result);
  section.hidden = true;
  const fault = element("p", { class: "query-fault" });
  const place = element("div", { class: "query-place" });
  const go = button(words.run, () => (running ? running.abort() : run()), { class: "query-run" });

  root.replaceChildren(
    ...storedQueries(),
    element("p", { id: "query-label", class: "query-label" }, words.query),
    place,
    element("p", { id: "query-keys", class: "query-keys" }, words.keys),
    fault,
    element("div", { class: "query-actions" }, go, status),
    problem,
    section,
  );
  const editor = makeEditor(place, {
    page,
    words,
    text: sharedQuery() || page.text || firstQuery(page.prefixes),
    labelledBy: "query-label",
    describedBy: "query-keys",
    run,
    tell,
    onFault: (line) => {
      fault.textContent = line === undefined ? "" : words.fault(`${line}`);
    },
  });
  addEventListener("hashchange", () => {
    const shared = sharedQuery();
    if (shared && shared !== editor.text()) editor.setText(shared);
  });

  /** @type {AbortController | undefined} of the query that is under way */
  let running;

  /** Asks what is in the editor, and shows the answer or why there is none. */
  async function run() {
    running?.abort();
    const control = (running = new AbortController());
    const query = editor.text();
    history.replaceState(null, "", fragment(query));
    go.textContent = words.stop;
    problem.replaceChildren();
    tell(words.running);
    try {
      const answer = await ask(page.endpoint, query, { language: page.language, signal: control.signal, words });
      const { summary, content } = showResult(answer, {
        query,
        names: page,
        language: page.language,
        words,
        download: (mediaType, ending) => download(query, mediaType, ending),
      });
      result.replaceChildren(...content);
      section.hidden = false;
      tell(summary);
    } catch (error) {
      if (running !== control) return; // another query has been asked since
      section.hidden = true;
      tell(control.signal.aborted ? words.stopped : "");
      if (!control.signal.aborted) refuse(error);
    } finally {
      if (running === control) {
        running = undefined;
        go.textContent = words.run;
      }
    }
  }

  /**
   * Asks once more, in another form, and hands the answer to the browser as a file.
   *
   * @param {string} query
   * @param {string} accept
   * @param {string} ending
   */
  async function download(query, accept, ending) {
    problem.replaceChildren();
    try {
      const { text } = await ask(page.endpoint, query, { accept, language: page.language, words });
      const href = URL.createObjectURL(new Blob([text], { type: accept }));
      element("a", { href, download: `result.${ending}` }).click();
      URL.revokeObjectURL(href);
    } catch (error) {
      refuse(error);
    }
  }

  /** @param {unknown} error */
  function refuse(error) {
    if (!(error instanceof Refusal)) throw error;
    problem.replaceChildren(...showProblem(error.problem, words, (line, column) => editor.goTo(line, column)));
  }

  /** @param {string} said */
  function tell(said) {
    status.textContent = said;
  }

  /** The list of stored queries, what the chosen one answers, and the button that takes it over. */
  function storedQueries() {
    if (page.queries.length === 0) return [];
    const about = element("p", { id: "query-about", class: "query-about" });
    const options = page.queries.map(({ name, title }) => element("option", { value: name }, title));
    const list = element(
      "select",
      { id: "query-stored-list", "aria-describedby": "query-about" },
      element("option", { value: "" }, words.choose),
      ...options,
    );
    const chosen = () => page.queries.find(({ name }) => name === list.value);
    const load = button(words.load, () => {
      const query = chosen();
      if (!query) return list.focus();
      editor.setText(query.text);
      tell(words.loaded(query.title));
    });
    list.addEventListener("change", () => {
      about.textContent = chosen()?.description ?? "";
    });
    const label = element("label", { for: "query-stored-list" }, words.stored);
    return [element("div", { class: "query-stored" }, label, list, load), about];
  }
}

/**
 * What stands in the editor where the page gives no query: all prefixes, and a question.
 *
 * @param {Record<string, string>} prefixes
 */
function firstQuery(prefixes) {
  const lines = Object.entries(prefixes).map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}>`);
  return [...lines, "", "SELECT ?thing ?type", "WHERE { ?thing a ?type }", "LIMIT 10"].join("\n").trim();
}

const root = document.getElementById("query-editor");
if (root) start(root);
