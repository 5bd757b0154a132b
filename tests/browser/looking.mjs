/**
 * What an eye or a keyboard finds wrong with a page. Each function runs in the page itself, knows
 * nothing from outside it, and answers with sentences: none, if all is well.
 */

/** What is wider than its place, or is cut off without a sign. `paper`: nothing can be scrolled either. */
export function misfits(paper = false) {
  const told = (node) => `${node.cloneNode().outerHTML} “${node.textContent.trim().slice(0, 40)}”`;
  const root = document.documentElement;
  const faults = [];
  if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} wide, in ${root.clientWidth}`);
  const spilling = [];
  for (const node of document.body.querySelectorAll("*")) {
    if (!(node instanceof HTMLElement) || !node.clientWidth || !node.checkVisibility()) continue;
    if (node.closest(".CodeMirror") || node.matches(".unseen, textarea, input, select")) continue;
    const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(node);
    const wider = node.scrollWidth > node.clientWidth + 1;
    const taller = node.scrollHeight > node.clientHeight + 1;
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    const signed = textOverflow === "ellipsis" || webkitLineClamp !== "none";
    if (((wider && hides(overflowX)) || (taller && hides(overflowY))) && !signed) faults.push(`cut off: ${told(node)}`);
    if (wider && overflowX === "visible") spilling.push(node);
    if (paper && wider && /auto|scroll/.test(overflowX)) faults.push(`cannot be scrolled on paper: ${told(node)}`);
  }
  const deepest = spilling.filter((node) => !spilling.some((other) => other !== node && node.contains(other)));
  return [...faults, ...deepest.map((node) => `spills over: ${told(node)}`)];
}

/** What can be scrolled, but not by keyboard or without a name. */
export function unreachableScrolling() {
  return [...document.querySelectorAll("main *")]
    .filter((node) => node.checkVisibility() && !node.closest(".CodeMirror") && !node.matches("textarea, input, select"))
    .filter((node) => {
      const { overflowX, overflowY } = getComputedStyle(node);
      const wide = node.scrollWidth > node.clientWidth && /auto|scroll/.test(overflowX);
      return wide || (node.scrollHeight > node.clientHeight && /auto|scroll/.test(overflowY));
    })
    .filter((node) => node.tabIndex < 0 || !["region", "group"].includes(node.role) || !(node.ariaLabel || node.ariaLabelledByElements?.length))
    .map((node) => `scrolls, but is no region or group with a name that Tab reaches: ${node.cloneNode().outerHTML}`);
}

/** Words that are not in the language that they are marked as being in, as far as small words tell. */
export function wrongTongues() {
  const small = {
    en: /\b(the|and|will|with|of|from|their|that|are|by|which)\b/gi,
    fr: /(?<!\p{L})(le|la|les|des|du|une|et|aux|qui|dans|pour|sur|est|par)(?!\p{L})/giu,
  };
  const count = (text, language) => text.match(small[language])?.length ?? 0;
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement: within } = node;
    if (within.closest("script, code, pre, textarea, option, .CodeMirror, .reading, .iri")) continue;
    const marked = within.closest("[lang]").getAttribute("lang").slice(0, 2);
    const other = marked === "en" ? "fr" : "en";
    if (count(node.data, other) > 1 && count(node.data, other) > count(node.data, marked)) {
      faults.push(`is marked as ${marked}: “${node.data.trim().slice(0, 80)}”`);
    }
  }
  return faults;
}

/** Everything that Tab should reach, in the order of the document, as `focused` tells of it. */
export function tabbable() {
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const found = [...document.querySelectorAll(can)].filter(
    (node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0 && !node.closest(".CodeMirror"),
  );
  globalThis.tabbed = [...found, ...document.querySelectorAll(".CodeMirror textarea, .CodeMirror-code")];
  globalThis.tabbed.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  return globalThis.tabbed.length;
}

/** The place in `tabbable` of what has the focus (-1: nothing of it), whether it is an editor, and its faults. */
export function focused() {
  const node = document.activeElement;
  const place = globalThis.tabbed.indexOf(node);
  if (place < 0) return { place, name: node.nodeName, editor: false, faults: [] };
  const name = `${node.cloneNode().outerHTML} “${node.textContent.trim().slice(0, 40)}”`;
  const editor = node.closest(".CodeMirror");
  const faults = [];
  const { outlineStyle, outlineWidth } = getComputedStyle(editor ?? node);
  if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2) faults.push(`has no outline in focus: ${name}`);
  const { left, top, right, bottom } = editor ? editor.getBoundingClientRect() : node.getClientRects()[0];
  const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
  const seen = document.elementFromPoint(x, y);
  if (!seen || !(seen.contains(node) || node.contains(seen) || editor?.contains(seen))) faults.push(`is out of sight in focus: ${name}`);
  return { place, name, editor: Boolean(editor), faults };
}

/** What print shows in vain, and addresses that it shows twice. */
export function misprints() {
  const faults = [];
  for (const node of document.querySelectorAll("nav.pages, nav.languages, .skip, form, button, .siblings, .jump")) {
    if (node.checkVisibility()) faults.push(`is of no use on paper: ${node.cloneNode().outerHTML}`);
  }
  for (const heading of document.querySelectorAll("h2, h3")) {
    const { nextElementSibling: next } = heading;
    if (heading.checkVisibility() && next && !next.checkVisibility()) faults.push(`is a heading of nothing: ${heading.outerHTML}`);
  }
  for (const link of document.querySelectorAll("a[href^=http]")) {
    const added = getComputedStyle(link, "::after").content !== "none";
    if (added && link.textContent.includes(link.getAttribute("href"))) faults.push(`its address is printed twice: ${link.outerHTML}`);
  }
  return faults;
}
