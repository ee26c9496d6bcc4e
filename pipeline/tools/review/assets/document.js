/* A document: a value chosen on one side is shown on the other, by mouse and by keyboard. */
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

/** Scroll to an element, and again while pages before it are drawn and take their true height. */
function reach(target, block = "center", frames = 8) {
  target.scrollIntoView({ block });
  if (frames) requestAnimationFrame(() => reach(target, block, frames - 1));
}

function choose(id, { focus } = {}) {
  for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
  chosen = id;
  const marks = marksOf(id);
  const button = buttonOf(id);
  for (const one of [...marks, button]) one.classList.add("chosen");
  showDetail(id);
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

/** Show what is known about the chosen value in the bar below. */
function showDetail(id) {
  const cell = cells[id.split("-")[0]];
  byId("detail").hidden = false;
  byId("detail-name").replaceChildren(spoken("span", `column.${cell.column}`));
  byId("detail-value").textContent = cell.value || "–";
  const shown = cell.spans.filter(([, , raw]) => raw);
  byId("detail-spans").replaceChildren(
    ...(shown.length ? shown.flatMap(([page, line, raw], index) => [
      index ? " · " : "", spoken("span", "page"), ` ${page}`,
      ...(line ? [", ", spoken("span", "line"), ` ${line}`] : []), ": ", element("q", raw),
    ]) : [spoken("span", "nowhere")]),
  );
  const facts = [];
  if (cell.method) facts.push(spoken("span", `method.${cell.method}`));
  if (cell.confidence !== null) facts.push(" · ", spoken("span", "sure"), ` ${cell.confidence.toFixed(2)}`);
  if (cell.copies[1] > 1) facts.push(" · ", spoken("span", "agreeing"), ` ${cell.copies[0]}/${cell.copies[1]}`);
  if (cell.alternatives.length) facts.push(" · ", spoken("span", "other_readings"), `: ${cell.alternatives.join(" | ")}`);
  byId("detail-facts").replaceChildren(...facts);
  const target = [out, cell.table, cell.row_key, cell.column].map(quoted).join(" ");
  if (byId("command")) byId("command").textContent = `raingan correct ${target} VALUE --why '…'`;
}

/** Quoted for a shell. */
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
  const page = event.target.closest("a.go");
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
    const correction = { table, row_key, column, value: form.elements.value.value, why: form.elements.why.value, by: form.elements.by.value };
    const answer = await fetch(`${document.documentElement.dataset.root}corrections`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Token": document.querySelector("meta[name=token]").content },
      body: JSON.stringify(correction),
    });
    const reply = await answer.json();
    if (!answer.ok) {
      byId("correction-error").textContent = reply.error;
      return;
    }
    cells[id].waiting = reply.value;
    const button = buttonOf(id);
    button.querySelector(".badge.new")?.remove();
    const badge = element("span", `→ ${reply.value || "–"}: `, "badge plain new");
    badge.append(spoken("span", "waiting"));
    button.append(badge);
    button.classList.add("waiting");
    byId("dialog").close();
    button.focus();
  });
}
