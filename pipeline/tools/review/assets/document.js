/* A document: a value chosen on one side shows its place on the other, by mouse and by keyboard. */
"use strict";

const byId = (id) => document.getElementById(id);
const cells = JSON.parse(byId("cells").textContent);
const out = JSON.parse(byId("out").textContent);
const panes = document.querySelector(".panes");
const values = [...document.querySelectorAll(".pane.values [data-cell]")];
let chosen = null;

const marksOf = (id) => [...document.querySelectorAll(`mark[data-cells~="${id}"]`)];
const buttonOf = (id) => document.querySelector(`[data-cell="${id}"]`);

/** On a narrow screen one pane is shown at a time. */
function turn(pane) {
  panes.dataset.pane = pane;
  for (const button of document.querySelectorAll(".switch button")) {
    button.setAttribute("aria-pressed", String(button.dataset.pane === pane));
  }
}

/** Scroll to a place, and again while pages on the way to it, drawn only now, take their true height. */
function reach(place, block = "center", frames = 8) {
  place.scrollIntoView({ block });
  if (frames) requestAnimationFrame(() => reach(place, block, frames - 1));
}

function choose(id, { focus } = {}) {
  for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
  chosen = id;
  const marks = marksOf(id);
  const button = buttonOf(id);
  for (const one of [...marks, button]) one.classList.add("chosen");
  tell(id);
  if (focus === "value") {
    turn("values");
    button.closest("details")?.setAttribute("open", "");
    button.focus({ preventScroll: true });
    reach(button);
  } else if (marks.length) {
    turn("source");
    reach(marks[0], marks[0].offsetHeight > innerHeight / 2 ? "start" : "center");
    button.scrollIntoView({ block: "nearest" });
    if (focus === "mark") marks[0].focus({ preventScroll: true });
  }
}

/** What is known about the chosen value, in the bar below. */
function tell(id) {
  const cell = cells[id.split("-")[0]];
  byId("detail").hidden = false;
  byId("detail-name").replaceChildren(spoken("span", `column.${cell.column}`));
  byId("detail-value").textContent = cell.value || "–";
  const shown = cell.places.filter(([, , raw]) => raw);
  byId("detail-place").replaceChildren(
    ...(shown.length ? shown.flatMap(([page, line, raw], place) => [
      place ? " · " : "", spoken("span", "page"), ` ${page}`,
      ...(line ? [", ", spoken("span", "line"), ` ${line}`] : []), ": ", element("q", raw),
    ]) : [spoken("span", "nowhere")]),
  );
  const facts = [];
  if (cell.method) facts.push(spoken("span", `method.${cell.method}`));
  if (cell.confidence !== null) facts.push(" · ", spoken("span", "sure"), ` ${cell.confidence.toFixed(2)}`);
  if (cell.copies[1] > 1) facts.push(" · ", spoken("span", "agreeing"), ` ${cell.copies[0]}/${cell.copies[1]}`);
  if (cell.alternatives.length) facts.push(" · ", spoken("span", "other_readings"), `: ${cell.alternatives.join(" | ")}`);
  byId("detail-facts").replaceChildren(...facts);
  const said = [out, cell.table, cell.row_key, cell.column].map(quoted).join(" ");
  if (byId("command")) byId("command").textContent = `raingan correct ${said} VALUE --why '…'`;
}

/** As a shell takes it. */
function quoted(text) {
  return /^[A-Za-z0-9_./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function back() {
  if (chosen) choose(chosen, { focus: "value" });
  byId("detail").hidden = true;
}

/** The next value or, in the source, the next mark. */
function step(from, by) {
  if (from.matches("mark")) {
    const marks = [...document.querySelectorAll("mark[data-cells]")];
    const next = marks[marks.indexOf(from) + by];
    if (next) choose(next.dataset.cells.split(" ")[0], { focus: "none" });
    next?.focus({ preventScroll: true });
    if (next) reach(next);
  } else {
    const next = values[values.indexOf(from) + by];
    next?.closest("details")?.setAttribute("open", "");
    next?.focus();
  }
}

panes.addEventListener("click", (event) => {
  const value = event.target.closest("[data-cell]");
  const finding = event.target.closest("[data-to]");
  const mark = event.target.closest("mark[data-cells]");
  const page = event.target.closest("a.place");
  if (value) choose(value.dataset.cell, { focus: event.detail ? undefined : "mark" });
  else if (finding) choose(finding.dataset.to, { focus: "value" });
  else if (mark) {
    const ids = mark.dataset.cells.split(" ");
    choose(ids[(ids.indexOf(chosen) + 1) % ids.length], { focus: "value" });
  } else if (page) {
    turn("source");
    reach(byId(page.hash.slice(1)), "start");
  }
});
panes.addEventListener("keydown", (event) => {
  const from = event.target.closest("[data-cell], mark[data-cells]");
  if (!from) return;
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps) {
    event.preventDefault();
    step(from, steps[event.key]);
  } else if (event.key === "Enter" && from.matches("mark")) {
    event.preventDefault();
    choose(from.dataset.cells.split(" ")[0], { focus: "value" });
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen && !byId("dialog")?.open) back();
});
document.querySelector(".switch").addEventListener("click", (event) => {
  const button = event.target.closest("[data-pane]");
  if (button) turn(button.dataset.pane);
});
byId("back").addEventListener("click", back);

if (byId("dialog")) {
  const form = byId("correction");
  byId("correct").addEventListener("click", () => {
    const cell = cells[chosen.split("-")[0]];
    byId("correction-cell").textContent = `${cell.table} ${cell.row_key} ${cell.column}`;
    byId("correction-error").textContent = "";
    form.elements.value.value = cell.waiting ?? cell.value;
    form.elements.why.value = "";
    byId("dialog").showModal();
  });
  byId("cancel").addEventListener("click", () => byId("dialog").close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const id = chosen.split("-")[0];
    const { table, row_key, column } = cells[id];
    const said = { table, row_key, column, value: form.elements.value.value, why: form.elements.why.value, by: form.elements.by.value };
    const answer = await fetch(`${document.documentElement.dataset.root}corrections`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Token": document.querySelector("meta[name=token]").content },
      body: JSON.stringify(said),
    });
    const told = await answer.json();
    if (!answer.ok) {
      byId("correction-error").textContent = told.error;
      return;
    }
    cells[id].waiting = told.value;
    const button = buttonOf(id);
    button.querySelector(".badge.new")?.remove();
    const badge = element("span", `→ ${told.value || "–"}: `, "badge plain new");
    badge.append(spoken("span", "waiting"));
    button.append(badge);
    button.classList.add("waiting");
    byId("dialog").close();
    button.focus();
  });
}
