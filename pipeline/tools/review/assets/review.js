/* What all pages share: the two languages. `WORDS` maps a key to its English and its Thai. */
"use strict";

const LANGUAGES = ["en", "th"];
const first = new WeakMap();

function word(key) {
  const words = WORDS[key];
  return words ? words[LANGUAGES.indexOf(document.documentElement.lang)] : null;
}

/** Say everything below a node in the page's language; what no word is known for stays as it was written. */
function say(node) {
  for (const one of node.querySelectorAll("[data-t]")) {
    if (!first.has(one)) first.set(one, one.textContent);
    one.textContent = word(one.dataset.t) ?? first.get(one);
  }
  for (const one of node.querySelectorAll("[data-label]")) one.ariaLabel = word(one.dataset.label);
}

function speak(language) {
  document.documentElement.lang = language;
  say(document);
  document.getElementById("language").lang = language === "en" ? "th" : "en";
  try {
    localStorage.setItem("language", language);
  } catch {
    // a browser that keeps nothing asks again on every page
  }
  document.dispatchEvent(new Event("spoken"));
}

function wanted() {
  try {
    const kept = localStorage.getItem("language");
    if (LANGUAGES.includes(kept)) return kept;
  } catch {
    // as above
  }
  return navigator.language.startsWith("th") ? "th" : "en";
}

/** A new element with a class and a text; never markup, for texts come from documents. */
function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

/** An element whose text is a word in the page's language. */
function spoken(name, key, kind) {
  const made = element(name, word(key) ?? key.split(".").slice(1).join(".").replaceAll("_", " "), kind);
  first.set(made, made.textContent);
  made.dataset.t = key;
  return made;
}

document.getElementById("language").addEventListener("click", () => {
  speak(document.documentElement.lang === "en" ? "th" : "en");
});
speak(wanted());
