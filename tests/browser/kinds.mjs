/** An example of every kind of page, and where it lies on a site. */

const DS = "https://w3id.org/ds2026/ontology#";
const asked = (text) => `query=${encodeURIComponent(text)}`;
const page = (name, path, query = "") => ({ name, at: (language) => `${path}.${language}.html${query && `?${query}`}` });

/** Pages that a server and a site of files both have. */
export const BOTH = [
  page("home", "index"),
  page("missions", "missions"),
  page("actors", "actors"),
  page("matrix", "matrix"),
  page("data set", "dataset"),
  page("vocabulary", "ontology"),
  page("shapes", "shapes"),
  page("query", "query"),
  page("stored query", "query/commitments-by-actor"),
  page("search", "search"),
  page("strategy", "doc/strategy/ds2026"),
  page("mission", "doc/mission/3"),
  page("area", "doc/mission/3.1"),
  page("commitment", "doc/commitment/3.1a"),
  page("federal actor", "doc/actor/tbs"),
  page("group", "doc/actor/indigenous-partners"),
  page("concept", "doc/status/in-progress"),
  page("scheme", "doc/status"),
];

/** Pages that only a server has, and those that it answers with a status of 400 or more. */
export const SERVED = [
  page("search with results", "search", "q=data"),
  page("search without results", "search", "q=xyzzy"),
  page("results", "results", asked(`SELECT ?thing ?property ?value WHERE { ?thing a <${DS}Commitment> ; ?property ?value } LIMIT 40`)),
  page("results of a stored query", "results", "name=counts-by-mission"),
  page("results with yes", "results", asked("ASK { ?s ?p ?o }")),
  page("results with nothing", "results", asked("SELECT * WHERE { <urn:x> ?p ?o }")),
  page("results that are cut", "results", asked("SELECT (1 AS ?one) WHERE { ?s ?p ?o }")),
  { ...page("page not found", "doc/mission/9.9"), status: 404 },
  { ...page("query not understood", "results", asked("SELECT *\nWHERE WHERE")), status: 400 },
];

/** Pages that only a site of files has. */
export const FILED = [page("changes", "changes"), { name: "entry", at: () => "index.html" }];
