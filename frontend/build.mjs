/**
 * Builds the query page’s assets: query.js, query.css, and the licences of all that is in them.
 *
 *     node build.mjs [FOLDER]
 *
 * FOLDER is where the package serves them from, if none is given. The same sources give the same bytes.
 */

import { readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ASSETS = fileURLToPath(new URL("../src/ds2026kg/pages/assets/", import.meta.url));
const BROWSERS = ["chrome111", "firefox113", "safari16.2"]; // the first with color-mix()
const PACKAGE = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/;
const RULE = "=".repeat(80);

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

const folder = process.argv[2] ?? ASSETS;
const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: ["query.js", "query.css"],
  outdir: folder,
  bundle: true,
  minify: true,
  format: "iife",
  target: BROWSERS,
  charset: "utf8",
  legalComments: "none", // query.LICENSES.txt has them whole
  metafile: true,
  logLevel: "warning",
});
await writeFile(join(folder, "query.LICENSES.txt"), await licences(Object.keys(metafile.inputs)));

/** The licences of the packages that `inputs` come from, and of those that are built into them. */
async function licences(inputs) {
  const packages = new Set();
  for (const file of inputs.filter((input) => PACKAGE.test(input))) {
    packages.add(PACKAGE.exec(file)[1]);
    for (const source of await sourcesOf(join(HERE, file))) {
      if (PACKAGE.test(source)) packages.add(PACKAGE.exec(source)[1]);
    }
  }
  const texts = await Promise.all([...packages].sort().map(licence));
  return `query.js and query.css of ds2026kg contain these packages.\n\n${texts.join("\n")}`;
}

/** What the source map beside a built file says that it was built from. */
async function sourcesOf(file) {
  try {
    return JSON.parse(await readFile(`${file}.map`, "utf8")).sources;
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

/** The licence of an installed package: its file, or, where it ships none, what its manifest says. */
async function licence(name) {
  const folder = join(HERE, "node_modules", name);
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file)).sort();
  const text = files.length > 0 ? await readFile(join(folder, files[0]), "utf8") : stated(manifest);
  const terms = manifest.license ?? manifest.licenses?.[0]?.type;
  return `${RULE}\n${name} (${terms})\n${RULE}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
}

function stated({ name, author, contributors = [], license }) {
  if (license !== "MIT") throw new Error(`${name} ships no licence, and claims ${license}`);
  const holders = [author, ...contributors].map((person) => person?.name ?? person).filter(Boolean);
  return `Copyright (c) ${holders.join(", ")}\n\n${MIT}`;
}
