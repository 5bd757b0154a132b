/** The query page in a browser: what one does there, by mouse and by keyboard, and what it shows. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, describe, test } from "node:test";

import { accessibilityFaults, launch, open, serveVault } from "./browser.mjs";
import { serveQueryPage, storedQueries } from "./query_page.mjs";

const DS = "https://w3id.org/ds2026/ontology#";

let vault, site, browser, page, context, events;

before(async () => {
  vault = await serveVault("--max-rows", "250");
  site = await serveQueryPage(vault.origin);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await vault?.stop();
});

afterEach(async () => {
  await context?.close();
  const seen = events;
  page = context = events = undefined;
  if (seen) assert.deepEqual(seen, { faults: [], elsewhere: [] }, "no fault, and no other host was asked");
});

const visit = async (path = "en/query.html", options = {}) => {
  ({ page, context, events } = await open(browser, `${site.origin}/${path}`, options));
};
const named = (role, name) => page.getByRole(role, { name, exact: true });
const editor = () => page.getByRole("textbox", { name: /SPARQL/ });
const written = () => page.locator(".CodeMirror").evaluate((found) => found.CodeMirror.getValue());
const type = async (text) => {
  await editor().focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  if (text) await page.keyboard.insertText(text);
  // CodeMirror reads what was inserted a moment later.
  await page.waitForFunction((all) => document.querySelector(".CodeMirror").CodeMirror.getValue() === all, text);
};
// The editor draws what was chosen a moment later; a person does not type on before that.
const choose = async (name, all) => {
  await named("option", name).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForFunction((all) => document.querySelector(".CodeMirror").CodeMirror.getValue() === all, all);
  await page.waitForFunction((end) => document.querySelector(".CodeMirror-code").innerText.includes(end), all.slice(-20));
};
const run = async (text) => {
  await type(text);
  await page.keyboard.press("Control+Enter");
};
const ended = (words) => page.getByRole("status").filter({ hasText: words }).waitFor();
const cells = () => page.getByRole("row").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));

describe("asking", () => {
  test("a stored query that is chosen and run shows its table", async () => {
    await visit();
    await page.getByLabel("Stored queries").selectOption({ label: "Counts by mission" });
    const { description, text } = (await storedQueries()).find(({ name }) => name === "counts-by-mission");
    assert.equal(await page.locator("#query-about").textContent(), description);
    await named("button", "Put it in the editor").click();
    assert.equal(await written(), text);
    await named("button", "Run the query").click();
    await ended(/^1 row, in [\d.]+ s\.$/);
    const table = await cells();
    assert.deepEqual(table[0].slice(0, 4), ["mission", "label", "areas", "commitments"]);
    assert.deepEqual(table[1].slice(0, 4), ["mission/3", "Enabling data-driven services @en", "4", "14"]);
    assert.equal(table.length, 2);
    assert.equal(await page.locator("td.query-number").first().textContent(), "4");
  });

  test("every stored query is SPARQL to the editor, and has an answer", async () => {
    await visit();
    for (const { name, title } of await storedQueries()) {
      await page.getByLabel("Stored queries").selectOption(name);
      await named("button", "Put it in the editor").click();
      await ended(`“${title}” is in the editor.`);
      await named("button", "Run the query").click();
      await ended(/ rows?, in /);
      assert.equal(await page.locator(".cm-error").count(), 0, `${name} has no token that cannot be`);
    }
  });

  test("a thing of the data set opens on this site, another address as it is, and no script", async () => {
    await visit();
    await run(`SELECT ?x WHERE { VALUES ?x { <https://w3id.org/ds2026/id/mission/3> <${DS}Mission>
      <https://example.org/a> <javascript:alert(1)> "<img src=x onerror=alert(1)>" UNDEF } }`);
    await ended(/^6 rows/);
    assert.deepEqual((await cells()).flat(), [
      "x", "mission/3", "ds:Mission", "https://example.org/a", "javascript:alert(1)", "<img src=x onerror=alert(1)>", "",
    ]);
    const links = await page.locator("td a").evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    assert.deepEqual(links, ["../id/mission/3", "../ontology#Mission", "https://example.org/a"]);
    assert.equal(await page.locator("td img").count(), 0);
  });

  test("a graph is shown as a table of triples, and ASK as yes or no", async () => {
    await visit();
    await run(`CONSTRUCT { ?m a <${DS}Mission> ; <urn:label> "a \\"b\\"\\n3"@fr, 7 } WHERE { VALUES ?m { <urn:m> } }`);
    await ended(/^3 triples/);
    assert.deepEqual(await cells().then((rows) => rows.sort()), [
      ["subject", "predicate", "object"],
      ["urn:m", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "ds:Mission"],
      ["urn:m", "urn:label", "7"],
      ["urn:m", "urn:label", 'a "b"\n3 @fr'],
    ].sort());
    await run("ASK { ?s ?p ?o }");
    await ended(/^Yes/);
    assert.equal(await page.locator(".query-boolean").textContent(), "Yes");
  });

  test("rows come in portions, and an answer that was cut says so", async () => {
    await visit();
    await run("SELECT * WHERE { ?s ?p ?o }");
    await ended(/^250 rows/);
    await page.getByText("The answer was cut at the server’s limit").waitFor();
    assert.equal((await cells()).length, 101);
    await named("button", "Show 100 more rows").click();
    await ended("200 of 250 rows are shown.");
    await named("button", "Show 50 more rows").click();
    assert.equal((await cells()).length, 251);
    assert.ok(await page.locator(".query-table").evaluate((table) => table === document.activeElement));
  });

  test("the raw response is what the endpoint sent, and a download is in its form", async () => {
    await visit();
    const query = "SELECT (2 AS ?n) (\"é, è\"@fr AS ?text) {}";
    await run(query);
    await ended(/^1 row,/);
    await named("button", "Raw response").click();
    const ask = (accept) => fetch(`${vault.origin}/sparql`, { method: "POST", headers: { accept }, body: new URLSearchParams({ query }) });
    const sent = await (await ask("application/sparql-results+json")).text();
    assert.equal(await page.getByRole("region", { name: "Raw response" }).textContent(), sent);
    assert.equal(await page.getByRole("table").count(), 0);
    for (const [name, ending, accept] of [["CSV", "csv", "text/csv"], ["XML", "srx", "application/sparql-results+xml"]]) {
      const coming = page.waitForEvent("download");
      await named("button", name).click();
      const file = await coming;
      assert.equal(file.suggestedFilename(), `result.${ending}`);
      assert.equal(await readFile(await file.path(), "utf8"), await (await ask(accept)).text());
    }
  });

  test("a query that is under way can be stopped", async () => {
    await visit();
    await page.route("**/sparql", () => {}); // never answered
    await run("ASK {}");
    await ended("The query is running.");
    await named("button", "Stop").click();
    await ended("The query was stopped.");
    assert.equal(await named("button", "Run the query").count(), 1);
  });
});

describe("what is wrong", () => {
  test("a fault in the query is announced, with its place, and the place can be gone to", async () => {
    await visit();
    await run("SELECT *\nWHERE { ?s nope:thing ?o }");
    await page.getByRole("alert").getByText("This request cannot be understood").waitFor();
    assert.match(await page.getByRole("alert").innerText(), /The prefix nope: is not declared[\s\S]+What to do: add at the top: PREFIX nope:/);
    await named("button", "Go to line 2, column 12").click();
    await page.keyboard.type("X");
    assert.equal(await written(), "SELECT *\nWHERE { ?s Xnope:thing ?o }");
    await run("ASK {}");
    await ended(/^Yes/);
    assert.equal(await page.getByRole("alert").innerText(), "");
  });

  test("a line that cannot be SPARQL is told while one types", async () => {
    await visit();
    await type("SELECT *\nWHERE WHERE");
    await page.getByText("Line 2 cannot be read as SPARQL yet.").waitFor();
    assert.equal(await page.locator(".query-fault-mark").count(), 1);
    await type("ASK {}");
    await page.locator(".query-fault:empty").waitFor({ state: "attached" });
    assert.equal(await page.locator(".query-fault-mark").count(), 0);
  });

  test("an endpoint that does not answer is told, and the query stays", async () => {
    await visit();
    await page.route("**/sparql", (route) => route.abort());
    await run("ASK {}");
    await page.getByRole("alert").getByText("The endpoint did not answer").waitFor();
    assert.equal(await written(), "ASK {}");
  });

  test("an answer in no known form is told, and shown as it came", async () => {
    await visit();
    await page.route("**/sparql", (route) => route.fulfill({ contentType: "text/html", body: "<p>Sign in</p>" }));
    await run("ASK {}");
    await ended(/^The answer cannot be read/);
    assert.equal(await page.getByRole("region", { name: "Raw response" }).textContent(), "<p>Sign in</p>");
  });

  test("a refusal without a problem document has its status and its text", async () => {
    await visit();
    await page.route("**/sparql", (route) => route.fulfill({ status: 502, contentType: "text/plain", body: "no upstream" }));
    await run("ASK {}");
    await page.getByRole("alert").getByText("The endpoint refused the query (status 502)").waitFor();
    await page.getByRole("alert").getByText("no upstream").waitFor();
  });
});

describe("writing", () => {
  test("a prefix that is used is declared, and terms are completed by name or by label", async () => {
    await visit();
    await type("");
    await page.keyboard.type("SELECT * { <urn:x> ds:");
    await page.locator(".CodeMirror-line").getByText("PREFIX").waitFor();
    await page.keyboard.type("led");
    await choose("ds:ledBy — led by", `PREFIX ds: <${DS}>\nSELECT * { <urn:x> ds:ledBy`);
    await page.keyboard.type(" <urn:y> ; supp");
    await choose("ds:supportedBy — supported by", `PREFIX ds: <${DS}>\nSELECT * { <urn:x> ds:ledBy <urn:y> ; ds:supportedBy`);
    await page.keyboard.type(" <urn:z> . <urn:y> a Miss");
    await choose("ds:Mission — Mission", `PREFIX ds: <${DS}>\nSELECT * { <urn:x> ds:ledBy <urn:y> ; ds:supportedBy <urn:z> . <urn:y> a ds:Mission`);
  });

  test("Ctrl+Space offers all properties where nothing has been typed yet", async () => {
    await visit();
    await type("SELECT * { ?x ");
    await page.keyboard.press("Control+Space");
    await page.getByRole("listbox", { name: "Completions" }).waitFor();
    const offered = await page.getByRole("option").filter({ hasText: " — " }).allTextContents();
    assert.deepEqual(offered, ["ds:hasParent — has parent", "ds:ledBy — led by", "ds:supportedBy — supported by", "skos:notation — notation"]);
    await page.keyboard.press("Enter");
    assert.equal((await written()).split("\n").at(-1), "SELECT * { ?x ds:hasParent");
  });

  test("a shared query is in the address, before and after it is run", async () => {
    await visit(`en/query.html?query=${encodeURIComponent("ASK { <urn:é> ?p 'a&b' }")}`);
    assert.equal(await written(), "ASK { <urn:é> ?p 'a&b' }");
    await run("ASK { }\n# é & #");
    await ended(/^Yes/);
    const shared = new URL(page.url()).hash;
    assert.equal(shared, "#query=ASK%20%7B%20%7D%0A%23%20%C3%A9%20%26%20%23");
    assert.equal(await named("link", "Link to this query").getAttribute("href"), shared);
    await page.reload();
    assert.equal(await written(), "ASK { }\n# é & #");
    await page.evaluate(() => (location.hash = "#query=ASK%20%7B%7D"));
    await page.locator(".CodeMirror-line").getByText("ASK {}").waitFor();
  });

  test("nothing is kept between visits", async () => {
    await visit();
    await run("ASK {}");
    await ended(/^Yes/);
    await page.reload();
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  });
});

describe("everybody", () => {
  test("the keyboard alone chooses, loads, edits, leaves the editor, and runs", async () => {
    await visit();
    const press = async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);
    await press("Tab");
    assert.equal(await focused(), "query-stored-list");
    await page.keyboard.type("Counts");
    await press("Tab", "Enter");
    await ended("“Counts by mission” is in the editor.");
    await press("Tab");
    assert.ok(await editor().evaluate((field) => field === document.activeElement));
    await press("Control+End", "Tab", "x");
    assert.equal((await written()).split("\n").at(-1), "  x", "Tab indents");
    await press("Control+Z", "Control+Z", "Escape");
    await ended("Tab now leaves the editor.");
    await press("Tab");
    assert.equal(await focused(), "Run the query");
    await press("Shift+Tab", "Escape", "Shift+Tab");
    assert.equal(await focused(), "Put it in the editor");
    await press("Tab", "Escape", "Tab", "Enter");
    await ended(/^1 row/);
    await press("Tab");
    assert.equal(await focused(), "Table");
  });

  for (const [language, width] of [["en", 1440], ["fr", 375]]) {
    test(`axe finds nothing, and nothing is wider than the screen, in ${language} at ${width} pixels`, async () => {
      await visit(`${language}/query.html`, { width });
      const right = async (state) => {
        assert.deepEqual(await accessibilityFaults(page), [], state);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state} fits`);
      };
      await right("at first");
      await page.locator("select").selectOption("mission-tree");
      await page.locator(".query-stored button").click();
      await page.locator(".query-run").click();
      await page.getByRole("table").waitFor();
      await right("with a table");
      await page.getByRole("button", { name: /Raw response|Réponse brute/ }).click();
      await right("with the raw response");
      await type("SELECT * { ?x ");
      await page.keyboard.press("Control+Space");
      await page.getByRole("listbox").waitFor();
      await right("with completions");
      await page.keyboard.press("Escape");
      await run("SELECT *\nWHERE WHERE");
      await page.getByRole("alert").getByRole("button").waitFor();
      await right("with a problem");
    });
  }

  test("in French all of it is in French", async () => {
    await visit("fr/query.html");
    await page.getByLabel("Requêtes enregistrées").selectOption({ label: "L’arbre des missions" });
    await named("button", "Mettre dans l’éditeur").click();
    await ended("«\u00a0L’arbre des missions\u00a0» est dans l’éditeur.");
    await named("button", "Exécuter la requête").click();
    await ended(/^20 lignes, en [\d,]+\u00a0s\.$/);
    await run("SELECT * WHERE { ?s nope:thing ?o }");
    await page.getByRole("alert").getByText("Cette demande ne peut être comprise").waitFor();
    await page.getByRole("alert").getByText("Que faire\u00a0:").waitFor();
    await named("button", "Aller à la ligne 1, colonne 21").waitFor();
  });

  test("without JavaScript a plain form sends the query to the endpoint", async () => {
    await visit("en/query.html", { javaScriptEnabled: false });
    await page.getByLabel("SPARQL query").fill("ASK {}");
    let answer;
    await page.route("**/sparql?query=ASK+%7B%7D", async (route) => {
      answer = await (await route.fetch()).text();
      // Instead of Chromium’s own view of XML, whose styles the endpoint’s policy stops.
      await route.fulfill({ contentType: "text/plain", body: "answered" });
    });
    await named("button", "Run the query").click();
    await page.getByText("answered").waitFor();
    assert.match(answer, /<boolean>true<\/boolean>/);
  });
});
