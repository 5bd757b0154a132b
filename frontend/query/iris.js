/** @typedef {{ base: string, site: string, prefixes: Record<string, string> }} Names */

const LOCAL_NAME = /^[\w-]+$/;
const LIVE = /^https?:\/\//i;

/**
 * An IRI as people read it: a thing of the data set by what follows `<base>id/`, a term by its
 * prefix, anything else in full.
 *
 * @param {string} iri
 * @param {Names} names
 */
export function shortIri(iri, { base, prefixes }) {
  if (base && iri.startsWith(`${base}id/`)) return iri.slice(base.length + 3);
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (iri.startsWith(namespace) && LOCAL_NAME.test(iri.slice(namespace.length))) {
      return `${prefix}:${iri.slice(namespace.length)}`;
    }
  }
  return iri;
}

/**
 * Where a link to `iri` leads: a thing of the data set to its page on this site, another web address
 * to itself, and anything else nowhere, since `javascript:` is an IRI too.
 *
 * @param {string} iri
 * @param {Names} names
 * @returns {string | undefined}
 */
export function addressOf(iri, { base, site }) {
  if (!LIVE.test(iri)) return undefined;
  return base && site && iri.startsWith(base) ? site + iri.slice(base.length) : iri;
}
