/* The index: sorts and filters all documents in memory, and shows a hundred at a time. */
"use strict";

const ROWS_SHOWN = 100;
const ABOUT = ["coverage", "errors", "warnings", "confidence", "corrections"];
const [FIELDS, DOCUMENTS] = JSON.parse(document.getElementById("list").textContent);
const documents = DOCUMENTS.map((values) => Object.fromEntries(FIELDS.map((field, index) => [field, values[index]])));
const filters = { form: "form", year: "fiscal_year_be", status: "status", finding: "codes" };
const sorts = {
  file: (one) => one.source,
  form: (one) => one.form,
  year: (one) => one.fiscal_year_be,
  status: (one) => one.status,
  coverage: (one) => one.text_coverage,
  errors: (one) => one.errors,
  warnings: (one) => one.warnings,
  confidence: (one) => one.lowest_confidence,
  corrections: (one) => one.corrections,
};
const state = { sort: "file", down: false, page: 0 };
const byId = (id) => document.getElementById(id);
for (const one of documents) one.searched = `${one.source}\n${one.name}\n${one.agency}\n${one.document_id}`.toLowerCase();

function fill(name, field) {
  const values = [...new Set(documents.flatMap((one) => one[field] ?? []))].filter((value) => value !== "").sort();
  const words = { form: "form.", status: "status.", finding: "code." };
  for (const value of values) {
    const option = name === "year" ? element("option", value) : spoken("option", words[name] + value);
    option.value = value;
    byId(name).append(option);
  }
}

function fits(one, wanted, text) {
  if (text && !one.searched.includes(text)) return false;
  return wanted.every(([field, value]) => [one[field]].flat().map(String).includes(value));
}

function chosen() {
  const text = byId("search").value.trim().toLowerCase();
  const wanted = Object.entries(filters).map(([name, field]) => [field, byId(name).value]).filter(([, value]) => value);
  const matching = documents.filter((one) => fits(one, wanted, text));
  const value = sorts[state.sort];
  return matching.sort((one, other) => compare(value(one), value(other)) * (state.down ? -1 : 1) || compare(one.source, other.source));
}

/** What is not known comes first when the lowest does. */
function compare(one, other) {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}

function percent(share) {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}

function row(one) {
  const made = element("tr");
  const file = element("th", null, "file");
  file.scope = "row";
  const link = element("a", one.source);
  link.href = `documents/${one.document_id}.html`;
  file.append(link);
  const about = [one.name, one.agency].filter(Boolean).join(" · ") + (one.projects > 1 ? ` (+${one.projects - 1})` : "");
  if (about) file.append(Object.assign(element("small", about), { lang: "th" }));
  const cells = [file];
  for (const key of [`form.${one.form}`, null, `status.${one.status}`]) {
    const cell = element("td", null, key || one.fiscal_year_be ? "" : "blank");
    cell.append(key ? spoken("span", key) : String(one.fiscal_year_be ?? "–"));
    cells.push(cell);
  }
  const counts = [percent(one.text_coverage), one.errors || "", one.warnings || "", one.lowest_confidence?.toFixed(2) ?? "–", one.corrections || ""];
  counts.forEach((count, index) => {
    const cell = element("td", null, count === "" ? "number blank" : "number");
    cell.append(spoken("span", ABOUT[index], "about"), " ");
    const kind = { 1: "error", 2: "warning" }[index];
    cell.append(kind && count ? element("span", count, `badge ${kind}`) : String(count));
    cells.push(cell);
  });
  made.append(...cells);
  return made;
}

function show() {
  const matching = chosen();
  const pages = Math.max(1, Math.ceil(matching.length / ROWS_SHOWN));
  state.page = Math.min(state.page, pages - 1);
  const start = state.page * ROWS_SHOWN;
  const rows = matching.slice(start, start + ROWS_SHOWN).map(row);
  if (!rows.length) {
    const cell = spoken("td", "none");
    cell.colSpan = 9;
    rows.push(element("tr"));
    rows[0].append(cell);
  }
  document.querySelector("#documents tbody").replaceChildren(...rows);
  byId("tally").textContent = matching.length.toLocaleString("en");
  byId("pager").hidden = pages === 1;
  byId("pages").textContent = `${state.page + 1} / ${pages}`;
  byId("previous").disabled = state.page === 0;
  byId("next").disabled = state.page === pages - 1;
  for (const button of document.querySelectorAll("[data-sort]")) {
    const direction = state.down ? "descending" : "ascending";
    button.closest("th").setAttribute("aria-sort", button.dataset.sort === state.sort ? direction : "none");
  }
}

/** Filters stand in the address, so that a list can be linked to and comes back with the back button. */
function keep() {
  const parts = Object.keys(filters).concat("search").filter((name) => byId(name).value).map((name) => `${name}=${encodeURIComponent(byId(name).value)}`);
  history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : location.pathname);
}

function restore() {
  const parameters = new URLSearchParams(location.hash.slice(1));
  for (const name of [...Object.keys(filters), "search"]) byId(name).value = parameters.get(name) ?? "";
  show();
}

function filtered() {
  state.page = 0;
  keep();
  show();
}

for (const [name, field] of Object.entries(filters)) fill(name, field);
document.querySelector(".filters").addEventListener("input", filtered);
document.querySelector(".filters").addEventListener("reset", () => setTimeout(filtered));
document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
document.querySelector("#documents thead").addEventListener("click", (event) => {
  const button = event.target.closest("[data-sort]");
  if (!button) return;
  state.down = state.sort === button.dataset.sort ? !state.down : ["errors", "warnings", "corrections"].includes(button.dataset.sort);
  state.sort = button.dataset.sort;
  state.page = 0;
  show();
});
for (const [id, step] of [["previous", -1], ["next", 1]]) {
  byId(id).addEventListener("click", () => {
    state.page += step;
    show();
    document.getElementById("documents").scrollIntoView();
  });
}
addEventListener("hashchange", restore);
restore();
