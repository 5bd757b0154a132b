/**
 * Headless Chromium, what happened in it, and `ds2026kg serve` behind it: for every browser test.
 *
 * CHROMIUM names the browser, PYTHON the interpreter that has ds2026kg. The packages are those of
 * frontend/package.json.
 */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../frontend/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = require("axe-core");

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The Content-Security-Policy that every page of ours must keep to. */
export const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';" +
  " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PATIENCE = 30_000; // milliseconds that a page may take to show what is waited for
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/** A headless browser with an empty profile. The caller closes it. */
export async function launch() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error("no Chromium was found: install it, or name it in CHROMIUM");
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * A page of its own, empty of history, and a record of what must not happen in it: `events.faults`
 * has uncaught errors and violations of the Content-Security-Policy, `events.elsewhere` the requests
 * to any other origin.
 */
export async function open(browser, address, { width = 1440, height = 900, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "en-CA", ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const events = { faults: [], elsewhere: [] };
  const { origin } = new URL(address);
  page.on("pageerror", (error) => events.faults.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) events.faults.push(message.text());
  });
  page.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (/^https?:$/.test(protocol) && asked !== origin) events.elsewhere.push(request.url());
  });
  await page.goto(address);
  return { page, context, events };
}

/** What axe finds wrong on `page`: the rule, and the elements that break it. */
export async function accessibilityFaults(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: "tag", values } }), WCAG);
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ""}`) }));
}

/**
 * `ds2026kg serve` of the vault, on a free port.
 *
 * @returns its origin, and `stop`, which ends it
 */
export async function serveVault(...options) {
  const port = await freePort();
  const server = spawn(
    process.env.PYTHON ?? "python3",
    ["-m", "ds2026kg", "serve", "vault", "--port", `${port}`, ...options],
    { cwd: ROOT, env: { ...process.env, LANG: "en_CA.UTF-8" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      if (said.includes("are served at")) resolve();
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`ds2026kg serve ended: ${said}`)));
  });
  const stop = async () => {
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
  };
  return { origin: `http://127.0.0.1:${port}`, stop };
}

async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
