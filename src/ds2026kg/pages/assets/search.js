// Filters the list of everything by the words in the form, as `searching.py` does for a server.
"use strict";

const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\p{L}\p{N}.]+|(?<!\p{Nd})\.+|\.+(?!\p{Nd})/gu, " ")
    .trim();

const wordsOf = (question) =>
  fold(question.slice(0, 200))
    .replace(/(\d\.\d+) ([a-z])(?![^ ])/g, "$1$2")
    .split(" ")
    .filter(Boolean)
    .slice(0, 8);

const has = (folded, words) => words.every((word) => ` ${folded}`.includes(` ${word}`));

const start = (document, location, history) => {
  const input = document.getElementById("search-words");
  const status = document.getElementById("search-status");
  const sections = [...document.querySelectorAll("#search-list section")].map((section) => ({
    section,
    items: [...section.querySelectorAll("li")].map((item) => ({
      item,
      text: `${fold(item.textContent)} ${item.dataset.words}`,
    })),
  }));
  const filter = () => {
    const words = wordsOf(input.value);
    let count = 0;
    for (const { section, items } of sections) {
      let here = 0;
      for (const { item, text } of items) {
        item.hidden = !has(text, words);
        here += item.hidden ? 0 : 1;
      }
      section.hidden = !here;
      count += here;
    }
    const number = count.toLocaleString(document.documentElement.lang);
    const french = document.documentElement.lang === "fr";
    const name = french ? (count < 2 ? "résultat" : "résultats") : count === 1 ? "result" : "results";
    status.textContent = words.length ? `${number} ${name}. ${count ? "" : status.dataset.none}` : "";
  };
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", filter);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?${new URLSearchParams({ q: input.value })}`);
    filter();
  });
  filter();
};

if (typeof document === "undefined") {
  module.exports = { fold, wordsOf, has, start };
} else {
  start(document, location, history);
}
