import { Yasqe } from "@zazuko/yasqe";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./page.js").Term} Term */

/** Whether completion was asked for, by Ctrl+Space, rather than offered to one who types. */
let askedFor = false;

/**
 * Completes from what the page knows, and asks nobody: YASQE’s own completion of classes and
 * properties would send what is typed to another host.
 *
 * @param {Pick<Page, "prefixes" | "terms">} page
 */
export function registerCompletions({ prefixes, terms }) {
  Yasqe.registerAutocompleter({
    ...ownOf("prefixes"),
    get: () => Object.entries(prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`),
    persistenceId: null,
  });
  Yasqe.registerAutocompleter(termCompletion("class", prefixes, terms.filter((term) => kindOf(term) === "class")));
  Yasqe.registerAutocompleter(termCompletion("property", prefixes, terms.filter((term) => kindOf(term) === "property")));
}

/**
 * Shows the completions for what stands before the cursor, even if that is nothing yet.
 *
 * @param {Yasqe} editor
 */
export function complete(editor) {
  askedFor = true;
  editor.autocomplete();
  askedFor = false;
}

/**
 * @param {"class" | "property"} name
 * @param {Record<string, string>} prefixes
 * @param {Term[]} terms
 */
function termCompletion(name, prefixes, terms) {
  const own = ownOf(name);
  const labels = new Map(terms.map((term) => [written(term.iri, prefixes), term.label]));
  return {
    ...own,
    autoShow: true,
    isValidCompletionPosition: (/** @type {Yasqe} */ editor) => {
      const token = /** @type {any} */ (editor).getCompleteToken();
      if (token.string.trim() !== "") return own.isValidCompletionPosition(editor);
      if (!askedFor) return false;
      // YASQE offers no property before its first letter: whether one may stand here, its grammar knows.
      return name === "property" ? token.state.possibleCurrent.includes("a") : own.isValidCompletionPosition(editor);
    },
    get: (/** @type {Yasqe} */ _editor, /** @type {any} */ token) =>
      terms
        .filter((term) => {
          const short = written(term.iri, prefixes);
          return short !== token?.string && fits(term, short, token?.autocompletionString ?? "");
        })
        .map((term) => term.iri),
    preProcessToken: (/** @type {Yasqe} */ editor, /** @type {any} */ token) => {
      if (token.string.trim() === "") {
        // Otherwise the space before the cursor would be replaced as well.
        const { ch } = editor.getDoc().getCursor();
        return { ...token, autocompletionString: "", from: { ch }, to: { ch } };
      }
      return own.preProcessToken?.(editor, token) ?? token;
    },
    postProcessSuggestion: (/** @type {Yasqe} */ _editor, /** @type {any} */ _token, /** @type {string} */ iri) =>
      written(iri, prefixes),
    postprocessHints: (/** @type {Yasqe} */ _editor, /** @type {any[]} */ hints) =>
      hints.map((hint) => ({ ...hint, displayText: [hint.text, labels.get(hint.text)].filter(Boolean).join(" — ") })),
  };
}

/** @param {string} name */
function ownOf(name) {
  const own = Yasqe.Autocompleters[name];
  if (!own) throw new Error(`YASQE has no completion of ${name}`);
  return own;
}

/**
 * Whether `typed` begins the IRI of `term`, its short form, its local name or its label.
 *
 * @param {Term} term
 * @param {string} short
 * @param {string} typed
 */
function fits(term, short, typed) {
  const start = typed.toLowerCase();
  return (
    term.iri.startsWith(typed) ||
    short.startsWith(typed) ||
    localName(term.iri).toLowerCase().startsWith(start) ||
    term.label.toLowerCase().startsWith(start)
  );
}

/**
 * The local names of classes begin with a capital, where the page does not say what is what.
 *
 * @param {Term} term
 */
function kindOf(term) {
  return term.kind ?? (/^\p{Lu}/u.test(localName(term.iri)) ? "class" : "property");
}

/** @param {string} iri */
function localName(iri) {
  return iri.replace(/^.*[#/]/, "");
}

/**
 * The IRI as it is written in a query.
 *
 * @param {string} iri
 * @param {Record<string, string>} prefixes
 */
function written(iri, prefixes) {
  const found = Object.entries(prefixes).find(([, namespace]) => iri.startsWith(namespace));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : `<${iri}>`;
}
