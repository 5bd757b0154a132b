/** Every kind of page in both languages, as eyes, keyboards, printers and browsers without scripts have it. */

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { accessibilityFaults, buildSite, launch, open, serveFiles, serveVault } from "./browser.mjs";
import { BOTH, FILED, SERVED } from "./kinds.mjs";
import { focused, misfits, misprints, tabbable, unreachableScrolling, wrongTongues } from "./looking.mjs";

const WIDE = 1440;
const NARROW = 375;
const WIDTHS = [320, NARROW, WIDE / 2, WIDE]; // 320 is 1280 at 400 %, 720 is 1440 at 200 %
const PAPER = 643; // 17 cm: A4 within its margins
// WCAG 2.1, 1.4.12
const SPACED =
  "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }" +
  " p { margin-bottom: 2em !important }";
const ENLARGED = "html { font-size: 200% !important }";
const CONTRAST = { type: "rule", values: ["color-contrast"] }; // all that may differ in the dark
const LANGUAGES = ["en", "fr"];

let vault, site, folder, browser, served, filed;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "ds2026kg-"));
  vault = await serveVault();
  browser = await launch();
  const now = await (await fetch(`${vault.origin}/files/ds2026.nt`)).text();
  const earlier = join(folder, "earlier.nt");
  await writeFile(earlier, now.replaceAll(/^.*(?:commitment\/3\.4b|status\/completed).*\n/gm, ""));
  await buildSite(join(folder, "site"), earlier);
  site = await serveFiles(join(folder, "site"), "/some/path/");
  served = await open(browser, `${vault.origin}/index.en.html`, { reducedMotion: "reduce" });
  filed = await open(browser, `${site.address}index.html`, { reducedMotion: "reduce" });
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await vault?.stop();
  if (folder) await rm(folder, { recursive: true });
});

const EXAMPLES = [
  ...[...BOTH, ...SERVED].map((kind) => ({ kind, where: () => ({ ...served, root: `${vault.origin}/` }) })),
  ...FILED.map((kind) => ({ kind, where: () => ({ ...filed, root: site.address }) })),
];

/** Shows an example on a screen of `width`; `status` is that which it came with. */
const visit = async ({ kind, where }, language, width = WIDE, media = "screen") => {
  const { page, events, root } = where();
  events.faults.length = events.elsewhere.length = 0;
  await page.emulateMedia({ colorScheme: "light", media });
  await page.setViewportSize({ width, height: 900 });
  const response = await page.goto(root + kind.at(language));
  return { page, events, status: response.status() };
};
/** Fails with all of what is wrong, and where. */
const none = (faults, where) => assert.equal(faults.length, 0, `${where}:\n${faults.join("\n")}`);
/** Does `work` with `styles` on the page, which no policy stops. */
const styled = async (page, styles, work) => {
  await page.evaluate((styles) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    document.adoptedStyleSheets = [sheet];
  }, styles);
  await work();
  await page.evaluate(() => (document.adoptedStyleSheets = []));
};
const each = (examples, said, work) => {
  for (const example of examples) {
    for (const language of LANGUAGES) {
      const name = `${example.kind.name}, ${language}`;
      test(`${name}: ${said}`, () => work(example, language, name));
    }
  }
};

describe("to the eye", () => {
  each(EXAMPLES, "it is whole, in its language, and asks nobody else", async (example, language, name) => {
    const { page, events, status } = await visit(example, language);
    assert.equal(status, example.kind.status ?? 200);
    assert.equal(await page.locator("html").getAttribute("lang"), example.kind.name === "entry" ? "en" : language);
    assert.equal(await page.locator("h1").count(), example.kind.name === "entry" ? 2 : 1);
    none(await page.evaluate(wrongTongues), name);
    assert.deepEqual(events, { faults: [], elsewhere: [] }, name);
  });

  each(EXAMPLES, "axe finds nothing, light and dark, wide and narrow", async (example, language, name) => {
    const { page } = await visit(example, language);
    for (const width of [WIDE, NARROW]) {
      await page.setViewportSize({ width, height: 900 });
      for (const [colorScheme, rules] of [["light"], ["dark", CONTRAST]]) {
        await page.emulateMedia({ colorScheme });
        const found = await accessibilityFaults(page, rules);
        none(found.map(({ id, nodes }) => `${id}: ${nodes.join("\n  ")}`), `${name}, ${colorScheme}, ${width} px`);
      }
    }
  });

  each(EXAMPLES, "it fits every screen, with larger and wider text too", async (example, language, name) => {
    const { page } = await visit(example, language);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      none(await page.evaluate(misfits), `${name}, ${width} px`);
      none(await page.evaluate(unreachableScrolling), `${name}, ${width} px`);
      await styled(page, SPACED, async () => none(await page.evaluate(misfits), `${name}, ${width} px, spaced`));
    }
    await styled(page, ENLARGED, async () => none(await page.evaluate(misfits), `${name}, text at 200 %`));
  });

  each(EXAMPLES, "it prints without what is of no use on paper", async (example, language, name) => {
    const { page } = await visit(example, language, PAPER, "print");
    none(await page.evaluate(misprints), name);
    none(await page.evaluate(misfits, true), name);
  });
});

describe("by keyboard", () => {
  // The elements are the same in both languages: those of English are tried on a wide screen, those of French on a narrow one.
  each(EXAMPLES, "Tab reaches everything in order, and shows where it is", async (example, language, name) => {
    const { page } = await visit(example, language, language === "en" ? WIDE : NARROW);
    const count = await page.evaluate(tabbable);
    for (let place = 0; place < count; place += 1) {
      await page.keyboard.press("Tab");
      const here = await page.evaluate(focused);
      assert.equal(here.place, place, `${name}: after ${place} steps Tab is at ${here.name}`);
      none(here.faults, name);
      if (here.editor) await page.keyboard.press("Escape"); // Tab indents until then
    }
    await page.keyboard.press("Tab");
    assert.ok((await page.evaluate(focused)).place < 1, `${name}: Tab leaves the page, or begins again`);
  });

  test("the first link skips to the content", async () => {
    const { page } = await visit(EXAMPLES[1], "en");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => Boolean(document.activeElement.closest("main"))));
  });
});

describe("to and fro", () => {
  for (const example of EXAMPLES.filter(({ kind }) => kind.name !== "entry" && !kind.status)) {
    test(`${example.kind.name}: the language switch leads to the same page in the other language, and back`, async () => {
      const { page } = await visit(example, "en");
      const first = page.url();
      await page.locator(".languages a").click();
      await page.waitForURL(/\.fr\.html/);
      const told = (address) => [new URL(address).pathname, ...new URL(address).searchParams];
      assert.deepEqual(told(page.url()), told(example.where().root + example.kind.at("fr")));
      assert.equal(await page.locator("html").getAttribute("lang"), "fr");
      await page.locator(".languages a").click();
      await page.waitForURL(/\.en\.html/);
      assert.deepEqual(told(page.url()), told(first));
    });
  }

  test("a stored query is chosen and run on the query page, and what it names opens on this site", async () => {
    const { page, events } = await visit(EXAMPLES.find(({ kind }) => kind.name === "query"), "en");
    await page.getByLabel("Stored queries").selectOption({ label: "Counts by mission" });
    await page.getByRole("button", { name: "Put it in the editor" }).click();
    await page.getByRole("button", { name: "Run the query" }).click();
    await page.getByRole("cell", { name: "mission/3", exact: true }).getByRole("link").click();
    await page.waitForURL(/\/doc\/mission\/3(\.|$)/);
    assert.equal(await page.locator("h1").textContent(), "Enabling data-driven services");
    assert.deepEqual(events, { faults: [], elsewhere: [] });
  });

  test("a wrong query is told with its line and column", async () => {
    const asked = encodeURIComponent("SELECT *\nWHERE WHERE");
    const { page } = await visit({ ...EXAMPLES[0], kind: { at: () => `query.fr.html?query=${asked}` } }, "fr");
    await page.getByRole("button", { name: "Exécuter la requête" }).click();
    await page.getByRole("alert").getByRole("button", { name: "Aller à la ligne 2, colonne 7" }).waitFor();
  });
});

describe("without JavaScript", () => {
  let plain;

  before(async () => {
    plain = await open(browser, `${vault.origin}/index.en.html`, { javaScriptEnabled: false });
  });

  test("one goes from the first page to a commitment", async () => {
    const { page } = plain;
    await page.goto(`${vault.origin}/index.en.html`);
    await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Missions" }).click();
    await page.getByRole("main").getByRole("link", { name: /^3\.2a/ }).click();
    await page.waitForURL(/doc\/commitment\/3\.2a\.en\.html$/);
    assert.match(await page.locator("h1").textContent(), /^PCO and TBS will coordinate departments/);
  });

  test("a search is answered by the server", async () => {
    const { page } = plain;
    await page.goto(`${vault.origin}/search.fr.html`);
    await page.getByLabel("Mot ou numéro").fill("3.1a");
    await page.getByRole("button", { name: "Chercher" }).click();
    await page.getByRole("main").getByRole("link", { name: /^3\.1a/ }).click();
    await page.waitForURL(/doc\/commitment\/3\.1a\.fr\.html$/);
  });

  test("a query is sent by a form, and its answer is a page", async () => {
    const { page } = plain;
    await page.goto(`${vault.origin}/query.en.html`);
    await page.getByLabel("SPARQL query").fill(`SELECT ?m WHERE { ?m a <https://w3id.org/ds2026/ontology#Strategy> }`);
    await page.getByRole("button", { name: "Run the query" }).click();
    await page.getByRole("cell").getByRole("link").click();
    await page.waitForURL(/doc\/strategy\/ds2026\.en\.html$/);
  });
});

describe("as files under /some/path/", () => {
  test("every link and file of each kind of page is there", async () => {
    const { page } = filed;
    const found = new Set();
    for (const { at } of [...BOTH, ...FILED]) {
      const response = await page.goto(site.address + at("fr"));
      assert.equal(response.status(), 200, at("fr"));
      const links = await page
        .locator("a[href], link[href], script[src]")
        .evaluateAll((nodes) => nodes.map((node) => node.getAttribute("href") ?? node.getAttribute("src")));
      for (const link of links) {
        const address = new URL(link, page.url());
        if (address.href.startsWith(new URL(site.address).origin)) found.add(address.origin + address.pathname);
      }
    }
    const lost = [];
    for (const address of found) if ((await fetch(address)).status !== 200) lost.push(address);
    none(lost, "links that lead nowhere");
    assert.ok(found.size > 60, `${found.size} links were followed`);
  });

  test("the search filters as one types, says how many it found, and takes its words from the address", async () => {
    const { page } = filed;
    await page.goto(`${site.address}search.en.html?q=ethical`);
    const shown = () => page.locator("#search-list li:visible").count();
    assert.equal(await shown(), 2);
    assert.equal(await page.getByRole("status").textContent(), "2 results. ");
    await page.getByLabel("Word or number").fill("3.2a");
    assert.equal(await shown(), 1);
    await page.getByLabel("Word or number").fill("xyzzy");
    assert.match(await page.getByRole("status").textContent(), /^0 results\. \S/);
    await page.keyboard.press("Enter");
    assert.equal(page.url(), `${site.address}search.en.html?q=xyzzy`);
  });
});
