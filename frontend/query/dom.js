/**
 * An element with its attributes and content. Text is text: nothing here reads HTML.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | boolean | number | undefined>} [attributes] a value of `true` is
 *   the attribute without one; `false` and `undefined` leave it out
 * @param {...(Node | string)} content
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : `${value}`);
  }
  made.append(...content);
  return made;
}

/**
 * A button that does `act` and submits nothing.
 *
 * @param {string} words
 * @param {() => void} act
 * @param {Record<string, string | boolean>} [attributes]
 */
export function button(words, act, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, words);
  made.addEventListener("click", act);
  return made;
}
