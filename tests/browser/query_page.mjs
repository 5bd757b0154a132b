/** The query page as frontend/README.md has it, under the strict policy, before a real endpoint. */

import { readFile, readdir } from "node:fs/promises";
import { createServer, request as ask } from "node:http";
import { once } from "node:events";
import { join } from "node:path";

import { ROOT, STRICT } from "./browser.mjs";

const ASSETS = join(ROOT, "src/ds2026kg/pages/assets");
const TYPES = { js: "text/javascript", css: "text/css", html: "text/html" };
const BASE = "https://w3id.org/ds2026/";
const DS = `${BASE}ontology#`;

const PREFIXES = {
  ds: DS,
  dcterms: "http://purl.org/dc/terms/",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
const TERMS = [
  { iri: `${DS}Mission`, label: "Mission" },
  { iri: `${DS}Commitment`, label: "Commitment" },
  { iri: `${DS}hasParent`, label: "has parent" },
  { iri: `${DS}ledBy`, label: "led by" },
  { iri: `${DS}supportedBy`, label: "supported by" },
  { iri: `${PREFIXES.skos}notation`, label: "notation", kind: "property" },
];

/** Every stored query of the project, as the page tells of it in `language`. */
export async function storedQueries(language = "en") {
  const folder = join(ROOT, "queries");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".rq")).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), "utf8");
      const said = (key) => new RegExp(`^# ${key}@${language}: (.*(?:\n#   .*)*)`, "m").exec(text)[1].replaceAll("\n#  ", "");
      const query = text.slice(text.indexOf("\n\n") + 2); // what follows the header
      return { name: file.replace(".rq", ""), title: said("title"), description: said("description"), text: query };
    }),
  );
}

/**
 * A server of the page, with `/sparql` of `endpoint` on the same origin.
 *
 * @returns its origin, and `stop`, which ends it
 */
export async function serveQueryPage(endpoint) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/sparql") return forward(request, response, endpoint);
    const [, language, name] = /^\/(en|fr)\/(query\.(?:html|js|css))$/.exec(pathname) ?? [];
    if (!name) return response.writeHead(404).end();
    const body = name === "query.html" ? await html(language) : await readFile(join(ASSETS, name));
    response.writeHead(200, {
      "content-type": `${TYPES[name.split(".")[1]]}; charset=utf-8`,
      "content-security-policy": STRICT,
      "x-content-type-options": "nosniff",
    });
    response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

function forward(request, response, endpoint) {
  const onward = ask(endpoint + request.url, { method: request.method, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}

async function html(language) {
  const french = language === "fr";
  const block = (id, value) =>
    `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`;
  return `<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${french ? "Interroger" : "Query"}</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="query.css">
  <script src="query.js" defer></script>
</head>
<body>
<main>
  <h1>${french ? "Interroger les données" : "Query the data"}</h1>
  <div id="query-editor" data-endpoint="../sparql" data-language="${language}" data-base="${BASE}" data-site="../">
    <form method="get" action="../sparql">
      <label for="query-text">${french ? "Requête SPARQL" : "SPARQL query"}</label>
      <textarea id="query-text" name="query" rows="16" spellcheck="false">PREFIX ds: &lt;${DS}&gt;

SELECT ?mission WHERE { ?mission a ds:Mission }</textarea>
      <button type="submit">${french ? "Exécuter la requête" : "Run the query"}</button>
    </form>
  </div>
  ${block("query-prefixes", PREFIXES)}
  ${block("query-stored", await storedQueries(language))}
  ${block("query-terms", TERMS)}
</main>
</body>
</html>
`;
}
