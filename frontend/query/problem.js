import { button, element } from "./dom.js";

/**
 * What is wrong, in words: the title and detail of the problem, where in the query it lies, and what
 * to do about it.
 *
 * @param {import("./endpoint.js").Problem} problem
 * @param {import("./words.js").Words} words
 * @param {(line: number, column: number) => void} goTo
 * @returns {Node[]}
 */
export function showProblem({ title, detail, remedy, line, column }, words, goTo) {
  // The endpoint draws the place under its first sentence, with a caret that needs its columns.
  const [sentence, ...drawing] = detail.split("\n");
  /** @type {HTMLElement[]} */
  const shown = [element("p", { class: "query-problem-title" }, title)];
  if (sentence) shown.push(element("p", {}, sentence));
  if (drawing.length > 0) shown.push(element("pre", { "aria-hidden": "true" }, drawing.join("\n")));
  if (remedy) shown.push(element("p", {}, element("strong", {}, words.remedy), " ", remedy));
  if (line !== undefined && column !== undefined) {
    shown.push(element("p", {}, button(words.place(`${line}`, `${column}`), () => goTo(line, column))));
  }
  return shown;
}
