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
const SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";
const ENLARGED = "html { font-size: 200% !important }";
const LANGUAGES = ["en", "fr"];

let vault, site, folder, browser, page, events;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "ds2026kg-"));
  [vault, browser] = await Promise.all([serveVault(), launch()]);
  const now = await (await fetch(`${vault.origin}/files/ds2026.nt`)).text();
  const earlier = join(folder, "earlier.nt");
  await writeFile(earlier, now.replaceAll(/^.*(?:commitment\/3\.4b|status\/completed).*\n/gm, ""));
  await buildSite(join(folder, "site"), earlier);
  site = await serveFiles(join(folder, "site"), "/some/path/");
  ({ page, events } = await open(browser, `${vault.origin}/index.en.html`, { reducedMotion: "reduce" }));
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await vault?.stop();
  if (folder) await rm(folder, { recursive: true });
});

const EXAMPLES = [
  ...[...BOTH, ...SERVED].map((kind) => ({ kind, host: () => `${vault.origin}/` })),
  ...FILED.map((kind) => ({ kind, host: () => site.address })),
];

/** Shows an example on a screen of `width`, and answers with the status that it came with. */
const visit = async ({ kind, host }, language, width = WIDE, media = {}) => {
  events.faults.length = events.elsewhere.length = 0;
  await page.emulateMedia({ colorScheme: "light", media: "screen", ...media });
  await page.setViewportSize({ width, height: 900 });
  const response = await page.goto(host() + kind.at(language));
  return response.status();
};
/** Fails with all of what is wrong, and where. */
const none = (faults, where) => assert.equal(faults.length, 0, `${where}:\n${faults.join("\n")}`);
/** Does `work` with `styles` on the page, which no policy stops. */
const styled = async (styles, work) => {
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
    const status = await visit(example, language);
    assert.equal(status, example.kind.status ?? 200);
    assert.equal(await page.locator("html").getAttribute("lang"), example.kind.name === "entry" ? "en" : language);
    assert.equal(await page.locator("h1").count(), example.kind.name === "entry" ? 2 : 1);
    none(await page.evaluate(wrongTongues), name);
    assert.deepEqual(events, { faults: [], elsewhere: [] }, name);
  });

  each(EXAMPLES, "axe finds nothing, light and dark, wide and narrow", async (example, language, name) => {
    await visit(example, language);
    for (const width of [WIDE, NARROW]) {
      await page.setViewportSize({ width, height: 900 });
      for (const [colorScheme, rules] of [["light"], ["dark", { type: "rule", values: ["color-contrast"] }]]) {
        await page.emulateMedia({ colorScheme });
        const found = await accessibilityFaults(page, rules);
        none(found.map(({ id, nodes }) => `${id}: ${nodes.join("\n  ")}`), `${name}, ${colorScheme}, ${width} px`);
      }
    }
  });

  each(EXAMPLES, "it fits every screen, with larger and wider text too", async (example, language, name) => {
    await visit(example, language);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      none(await page.evaluate(misfits), `${name}, ${width} px`);
      none(await page.evaluate(unreachableScrolling), `${name}, ${width} px`);
      await styled(SPACED, async () => none(await page.evaluate(misfits), `${name}, ${width} px, spaced`));
    }
    await styled(ENLARGED, async () => none(await page.evaluate(misfits), `${name}, text at 200 %`));
  });

  each(EXAMPLES, "it prints without what is of no use on paper", async (example, language, name) => {
    await visit(example, language, PAPER, { media: "print" });
    none(await page.evaluate(misprints), name);
    none(await page.evaluate(misfits, true), name);
  });
});

describe("by keyboard", () => {
  each(EXAMPLES, "Tab reaches everything in order, and shows where it is", async (example, language, name) => {
    if (language === "fr") return; // its elements are the same
    for (const width of [WIDE, NARROW]) {
      await visit(example, language, width);
      const count = await page.evaluate(tabbable);
      for (let place = 0; place < count; place += 1) {
        await page.keyboard.press("Tab");
        const here = await page.evaluate(focused);
        assert.equal(here.place, place, `${name}, ${width} px: after ${place} steps Tab is at ${here.name}`);
        none(here.faults, `${name}, ${width} px`);
        if (here.editor) await page.keyboard.press("Escape"); // Tab indents until then
      }
      await page.keyboard.press("Tab");
      assert.equal((await page.evaluate(focused)).place, -1, `${name}: Tab leaves the page`);
    }
  });
});
