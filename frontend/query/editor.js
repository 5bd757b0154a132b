import { Yasqe } from "@zazuko/yasqe";

import { complete, registerCompletions } from "./completion.js";
import { element } from "./dom.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./words.js").Words} Words */

const QUIET = 600; // milliseconds without typing, after which a fault is told
const PAUSE = 150; // milliseconds without typing, after which completions are offered
const MARKS = "gutterErrorBar";

/**
 * YASQE in `place`, with what it may do here: nothing is kept between visits, no other host is asked,
 * and nothing is written into the page as HTML, which a strict Content-Security-Policy would stop.
 *
 * @param {HTMLElement} place
 * @param {object} options
 * @param {Page} options.page
 * @param {Words} options.words
 * @param {string} options.text
 * @param {string} options.labelledBy the id of its visible label
 * @param {string} options.describedBy the id of what is said about its keys
 * @param {() => void} options.run
 * @param {(words: string) => void} options.tell says something about the editor
 * @param {(line: number | undefined) => void} options.onFault hears of the first line (from 1) that
 *   cannot be SPARQL, or that there is none
 */
export function makeEditor(place, { page, words, text, labelledBy, describedBy, run, tell, onFault }) {
  registerCompletions(page);
  const yasqe = new Yasqe(place, /** @type {any} */ ({
    value: text,
    persistenceId: null,
    createShareableLink: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    syntaxErrorCheck: false, // its tooltips are HTML with style attributes, and for the mouse alone
    inputStyle: "contenteditable", // what screen readers can read
    // It draws lines anew a moment after a change, and what an input method has just put there is lost.
    highlightSelectionMatches: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    foldGutter: false,
    tabSize: 2,
    extraKeys: {
      "Ctrl-Enter": run,
      "Cmd-Enter": run,
      "Ctrl-Space": complete,
      "Ctrl-S": false,
      Tab: (/** @type {any} */ editor) => editor.execCommand(editor.somethingSelected() ? "indentMore" : "insertSoftTab"),
      "Shift-Tab": "indentLess",
    },
  }));
  /** @type {any} the parts of CodeMirror that YASQE’s types leave out */
  const mirror = yasqe;
  mirror.setOption("gutters", [MARKS, "CodeMirror-linenumbers"]);
  const field = mirror.getInputField();
  for (const [name, value] of Object.entries({
    role: "textbox",
    "aria-multiline": "true",
    "aria-labelledby": labelledBy,
    "aria-describedby": describedBy,
  })) {
    field.setAttribute(name, value);
  }
  mirror.on("autocompletionShown", (/** @type {any} */ _yasqe, /** @type {any} */ widget) =>
    widget.hints.setAttribute("aria-label", words.completions),
  );
  offerOnPause(mirror);
  letTabLeave(place, mirror, () => tell(words.leaving));
  watchFaults(mirror, onFault);

  return {
    text: () => yasqe.getValue(),
    /** @param {string} query */
    setText: (query) => yasqe.setValue(query),
    /**
     * Puts the cursor at a line and a column (both from 1, in characters), and the focus with it.
     *
     * @param {number} line
     * @param {number} column
     */
    goTo: (line, column) => {
      const before = [...(mirror.getLine(line - 1) ?? "")].slice(0, column - 1).join("");
      mirror.focus();
      mirror.setCursor({ line: line - 1, ch: before.length });
    },
  };
}

/**
 * Offers completions once the typing pauses: YASQE’s own offer fails while an earlier one is pending,
 * so that who types fast would get none.
 *
 * @param {any} mirror
 */
function offerOnPause(mirror) {
  let waiting = 0;
  mirror.on("inputRead", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const offered = mirror.state.completionActive;
      if (offered?.widget) return;
      offered?.close();
      mirror.autocomplete(true);
    }, PAUSE);
  });
}

/**
 * Escape, and then Tab or Shift+Tab, leaves the editor; Tab alone indents. WCAG 2.1, 2.1.2.
 *
 * @param {HTMLElement} place
 * @param {any} mirror
 * @param {() => void} told
 */
function letTabLeave(place, mirror, told) {
  let leaving = false;
  place.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && !mirror.state.completionActive) {
        event.stopPropagation();
        leaving = true;
        told();
      } else if (event.key === "Tab" && leaving) {
        event.stopPropagation(); // CodeMirror does not hear of it, and the browser moves on
      } else if (event.key !== "Shift") {
        leaving = false;
      }
    },
    { capture: true },
  );
  mirror.on("blur", () => {
    leaving = false;
  });
}

/**
 * Marks the first line that cannot be SPARQL, once nothing has been typed for a moment.
 *
 * @param {any} mirror
 * @param {(line: number | undefined) => void} onFault
 */
function watchFaults(mirror, onFault) {
  /** @type {ReturnType<typeof setTimeout>} */
  let waiting;
  /** @type {any} the line that is marked */
  let marked = null;
  const look = () => {
    const line = faultyLine(mirror);
    const faulty = line === undefined ? null : mirror.getLineHandle(line);
    if (faulty !== marked) {
      mirror.clearGutter(MARKS);
      if (faulty) mirror.setGutterMarker(faulty, MARKS, element("span", { class: "query-fault-mark" }, "!"));
      marked = faulty;
    }
    onFault(line === undefined ? undefined : line + 1);
  };
  mirror.on("changes", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, QUIET);
  });
}

/**
 * @param {any} mirror
 * @returns {number | undefined} from 0
 */
function faultyLine(mirror) {
  for (let line = 0; line < mirror.lineCount(); line++) {
    const { state } = mirror.getTokenAt({ line, ch: mirror.getLine(line).length });
    if (state.OK === false) return line;
  }
  return undefined;
}
