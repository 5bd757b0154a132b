/**
 * What the editor says, in English and in French. U+00A0 stands before a colon and inside « ».
 *
 * @typedef {typeof ENGLISH} Words
 */

const ENGLISH = {
  stored: "Stored queries",
  choose: "Choose a query",
  load: "Put it in the editor",
  loaded: (/** @type {string} */ title) => `“${title}” is in the editor.`,
  query: "SPARQL query",
  keys: "Ctrl+Enter runs the query, Ctrl+Space completes a word. Tab indents: to leave the editor, press Escape, then Tab.",
  leaving: "Tab now leaves the editor.",
  fault: (/** @type {string} */ line) => `Line ${line} cannot be read as SPARQL yet.`,
  completions: "Completions",
  run: "Run the query",
  stop: "Stop",
  running: "The query is running.",
  stopped: "The query was stopped.",
  result: "Result",
  rows: (/** @type {number} */ n, /** @type {string} */ shown) => (n === 1 ? "1 row" : `${shown} rows`),
  triples: (/** @type {number} */ n, /** @type {string} */ shown) => (n === 1 ? "1 triple" : `${shown} triples`),
  took: (/** @type {string} */ seconds) => `in ${seconds} s`,
  cut: "The answer was cut at the server’s limit: there is more than is shown. A narrower query, or LIMIT and OFFSET, gives the rest.",
  yes: "Yes",
  no: "No",
  nothing: "Nothing in the data fits this query.",
  more: (/** @type {string} */ n) => `Show ${n} more rows`,
  shown: (/** @type {string} */ n, /** @type {string} */ all) => `${n} of ${all} rows are shown.`,
  view: "Show the result as",
  table: "Table",
  raw: "Raw response",
  download: "Download",
  link: "Link to this query",
  subject: "subject",
  predicate: "predicate",
  object: "object",
  place: (/** @type {string} */ line, /** @type {string} */ column) => `Go to line ${line}, column ${column}`,
  remedy: "What to do:",
  unreachable: "The endpoint did not answer",
  unreachableDetail: "No connection could be made, or it broke off. The query is still in the editor.",
  unreadable: "The answer cannot be read",
  unreadableDetail: "It is in no form that this page knows. The raw response is below.",
  refused: (/** @type {number} */ status) => `The endpoint refused the query (status ${status})`,
};

/** @type {Words} */
const FRENCH = {
  stored: "Requêtes enregistrées",
  choose: "Choisissez une requête",
  load: "Mettre dans l’éditeur",
  loaded: (title) => `«\u00a0${title}\u00a0» est dans l’éditeur.`,
  query: "Requête SPARQL",
  keys: "Ctrl+Entrée exécute la requête, Ctrl+Espace complète un mot. Tab met en retrait\u00a0: pour quitter l’éditeur, appuyez sur Échap, puis sur Tab.",
  leaving: "Tab quitte maintenant l’éditeur.",
  fault: (line) => `La ligne ${line} ne se lit pas encore comme du SPARQL.`,
  completions: "Mots proposés",
  run: "Exécuter la requête",
  stop: "Arrêter",
  running: "La requête est en cours.",
  stopped: "La requête a été arrêtée.",
  result: "Résultat",
  rows: (n, shown) => (n < 2 ? `${shown} ligne` : `${shown} lignes`),
  triples: (n, shown) => (n < 2 ? `${shown} triplet` : `${shown} triplets`),
  took: (seconds) => `en ${seconds}\u00a0s`,
  cut: "La réponse a été coupée à la limite du serveur\u00a0: il y en a plus que ce qui paraît ici. Une requête plus précise, ou LIMIT et OFFSET, donne le reste.",
  yes: "Oui",
  no: "Non",
  nothing: "Rien dans les données ne répond à cette requête.",
  more: (n) => `Afficher ${n} lignes de plus`,
  shown: (n, all) => `${n} lignes sur ${all} sont affichées.`,
  view: "Afficher le résultat sous forme de",
  table: "Tableau",
  raw: "Réponse brute",
  download: "Télécharger",
  link: "Lien vers cette requête",
  subject: "sujet",
  predicate: "prédicat",
  object: "objet",
  place: (line, column) => `Aller à la ligne ${line}, colonne ${column}`,
  remedy: "Que faire\u00a0:",
  unreachable: "Le point SPARQL n’a pas répondu",
  unreachableDetail: "La connexion n’a pu être établie, ou s’est rompue. La requête est toujours dans l’éditeur.",
  unreadable: "La réponse ne peut être lue",
  unreadableDetail: "Elle n’est dans aucune forme que cette page connaît. La réponse brute est ci-dessous.",
  refused: (status) => `Le point SPARQL a refusé la requête (état ${status})`,
};

/**
 * @param {string} language a tag such as `fr` or `fr-CA`; anything but French is English
 * @returns {Words}
 */
export function wordsIn(language) {
  return /^fr\b/i.test(language) ? FRENCH : ENGLISH;
}
