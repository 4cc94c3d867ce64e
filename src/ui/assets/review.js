// The desk: what is done about a unit is sent in the background, and the next unit shows without a new page. All of it works
// through the forms and links of the page, which do the same on their own when there is no script.

/** Nobody has seen a unit that has only just come up: what is pressed by then is meant for the one before. */
const SETTLE_MS = 250;
const WATCH_MS = 20_000;
/** How long a page that was fetched ahead is as good as a new one. */
const AHEAD_MS = 30_000;
/** Asks for the unit alone: the list is there. */
const PART = { "cq-part": "unit" };
const UNSAVED = "There are changes that are not saved. Save them or cancel first.";
const GOES_ON = new Set(["approve", "reject", "duplicate", "snooze", "wake"]);

const desk = document.querySelector("#desk");
const pane = desk.querySelector(".desk-unit");
const toasts = document.querySelector("#toasts");
const announcer = document.querySelector("#announcer");
const wide = matchMedia("(min-width: 56rem)");
/** The next unit: { url, at, fetched }; `fetched` is undefined until it is there. */
let ahead;
let watchedAt = 0;

function openUnit() {
  return pane.querySelector("article.unit");
}

function lines() {
  return [...desk.querySelectorAll("#unit-list > li")];
}

/** The line to go on with after this unit: the one below it, at the end the one above. */
function lineAfter(id) {
  const all = lines();
  const index = all.findIndex((line) => line.dataset.unit === id);
  return all[index + 1] ?? all[index - 1];
}

function linkIn(line) {
  return line?.querySelector("a");
}

// Requests

/** A page of the server; its status is 0 where there was no answer. */
async function fetchPage(url, init = {}) {
  try {
    const response = await fetch(url, { ...init, headers: { accept: "text/html", ...init.headers } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return { status: response.status, page, isDesk: page.querySelector("#desk") !== null };
  } catch {
    return { status: 0, isDesk: false };
  }
}

/** Runs `work` unless something is under way; keys and buttons wait for it to end. */
async function alone(work) {
  if (desk.dataset.busy !== undefined) return;
  desk.dataset.busy = "";
  let settled_ms = 0;
  try {
    settled_ms = await work() ?? 0;
  } finally {
    setTimeout(() => delete desk.dataset.busy, settled_ms);
  }
}

function fetchAhead() {
  const link = linkIn(lineAfter(openUnit()?.dataset.unit));
  if (!link || link.href === ahead?.url || link.ariaCurrent) return;
  const wanted = { url: link.href, at: performance.now() };
  ahead = wanted;
  fetchPage(link.href, { headers: { ...PART, purpose: "prefetch" } }).then((fetched) => {
    if (fetched.isDesk && fetched.status === 200) wanted.fetched = fetched;
  });
}

function takeAhead(url) {
  if (ahead === undefined || ahead.url !== url) return undefined;
  const { at, fetched } = ahead;
  ahead = undefined;
  return performance.now() - at < AHEAD_MS ? fetched : undefined;
}

// What is shown

/** Shows the unit of a page; with `whole` its list and its messages too. */
function show({ page }, { whole }) {
  document.title = page.title;
  const kept = pane.querySelector("#unsaved");
  pane.replaceChildren(...page.querySelector(".desk-unit").childNodes);
  const isLost = pane.querySelector("#unsaved") !== null;
  if (kept !== null && !isLost) pane.prepend(kept);
  const { className, dataset } = page.querySelector("#desk");
  desk.className = className;
  if (whole) {
    showList(page);
    toasts.replaceChildren(...page.querySelector("#toasts").childNodes);
  }
  moveTo(dataset.url);
  markLine();
  focusOn(isLost);
}

function moveTo(url) {
  history.replaceState(null, "", url);
  document.querySelector(".theme-switch [name=back]").value = location.pathname + location.search;
}

function showList(page) {
  const list = desk.querySelector(".desk-list");
  const selected = new Set([...list.querySelectorAll("[name=unit]:checked")].map(({ value }) => value));
  const { scrollTop } = list;
  for (const part of ["#queue", "#left-count", ".tabs"]) {
    list.querySelector(part).replaceWith(page.querySelector(`.desk-list ${part}`));
  }
  for (const box of list.querySelectorAll("[name=unit]")) box.checked = selected.has(box.value);
  list.scrollTop = scrollTop;
  list.dispatchEvent(new Event("change"));
  announcer.textContent = list.querySelector("#left-count").textContent;
}

function markLine() {
  const id = openUnit()?.dataset.unit;
  for (const line of lines()) {
    const isOpen = line.dataset.unit === id;
    linkIn(line).ariaCurrent = isOpen ? "true" : null;
    if (isOpen) line.scrollIntoView({ block: "nearest" });
  }
}

function focusOn(isLost) {
  scrollTo(0, 0);
  const wanted = [
    isLost ? "#unsaved" : undefined,
    "[aria-invalid=true]",
    ".edit-form textarea",
    "#unit-title",
  ];
  const target = wanted.values().filter(Boolean).map((name) => pane.querySelector(name)).find(Boolean);
  (target ?? document.querySelector("#main")).focus({ preventScroll: !isLost });
}

function say(text) {
  const words = document.createElement("p");
  words.textContent = text;
  const dialog = document.querySelector("dialog[open]");
  if (dialog !== null) return sayIn(dialog, words);
  const toast = document.createElement("div");
  toast.className = "toast toast-info";
  toast.append(words);
  // An undo that is still to be had stays.
  for (const old of [...toasts.children]) if (old.querySelector("[data-undo]") === null) old.remove();
  toasts.append(toast);
}

/** What is beside an open dialog is neither read out nor in sight. */
function sayIn(dialog, words) {
  words.className = "notice notice-error";
  words.role = "alert";
  dialog.querySelector("[role=alert]")?.remove();
  dialog.prepend(words);
  dialog.scrollTop = 0;
}

/** What a page says that is no desk: the session has ended, the unit is gone, the server is busy. */
function sayProblem({ status, page }) {
  if (status === 0) return say("The server did not answer. Look whether it was done, then try again.");
  if (status === 401) return say("Your session has ended. Sign in in another tab, then try again here.");
  say(`Not done. ${page.querySelector("main p:not(.empty-mark)")?.textContent.trim() ?? ""}`);
}

// What is done

function isEdited() {
  const fields = pane.querySelectorAll(".edit-form :is(textarea, input:not([type=hidden]))");
  return [...fields].some(({ value, defaultValue }) => value !== defaultValue);
}

async function open(url) {
  const fetched = takeAhead(url);
  const result = fetched ?? await fetchPage(url, { headers: PART });
  if (!result.isDesk) return sayProblem(result);
  show(result, { whole: false });
  // What was fetched ahead claimed nothing.
  if (fetched !== undefined) watch();
  fetchAhead();
}

async function decide(form, submitter) {
  const verb = form.getAttribute("action").split("/").at(-1);
  const body = new URLSearchParams(new FormData(form, submitter));
  const before = { nodes: [...pane.childNodes], url: location.href, title: document.title };
  const panel = form.closest(":popover-open");
  const focused = document.activeElement;
  if (GOES_ON.has(verb) || verb === "edit") {
    body.set("next", lineAfter(openUnit().dataset.unit)?.dataset.unit ?? "");
  }
  const sent = fetchPage(form.getAttribute("action"), { method: "POST", body });
  const early = GOES_ON.has(verb) ? goOn() : undefined;
  const result = await sent;
  if (result.isDesk) show(result, { whole: true });
  else {
    if (early !== undefined) goBack(before);
    if (panel !== null && !panel.matches(":popover-open")) panel.showPopover();
    focused.focus();
    sayProblem(result);
  }
  ahead = undefined;
  fetchAhead();
  return Math.max(0, SETTLE_MS - (performance.now() - (early ?? performance.now())));
}

/** The next unit shows at once if it is there; returns when that was. */
function goOn() {
  const next = takeAhead(linkIn(lineAfter(openUnit().dataset.unit))?.href);
  if (next === undefined) return undefined;
  show(next, { whole: false });
  return performance.now();
}

function goBack({ nodes, url, title }) {
  pane.replaceChildren(...nodes);
  document.title = title;
  moveTo(url);
  markLine();
}

async function reload(gone) {
  const url = new URL(location.href);
  if (gone.includes(openUnit()?.dataset.unit)) url.searchParams.delete("unit");
  const result = await fetchPage(url);
  if (!result.isDesk) return sayProblem(result);
  ahead = undefined;
  // What was typed stays; where its unit was decided too, saving it tells.
  if (isEdited()) showList(result.page);
  else show(result, { whole: true });
  markLine();
  fetchAhead();
}

// Who is on what

async function watch() {
  const unit = openUnit();
  if (unit === null || document.hidden) return;
  watchedAt = performance.now();
  const body = new URLSearchParams(lines().map((line) => ["listed", line.dataset.unit]));
  const url = `/review/${encodeURIComponent(unit.dataset.unit)}/claim`;
  const response = await fetch(url, { method: "POST", body }).catch(() => undefined);
  if (!response?.ok) return;
  const { others, decided, openedBy } = await response.json();
  for (const line of lines()) {
    const names = openedBy[line.dataset.unit];
    line.querySelector("[data-others]").textContent = names === undefined ? "" : `open: ${names.join(", ")}`;
  }
  const notice = unit.querySelector("#others");
  const also = others.length === 1 ? "has this unit open too." : "have this unit open too.";
  const text = others.length === 0 ? "" : `${others.join(", ")} ${also}`;
  const told = unit.dataset.status === "pending" && decided !== undefined ? `${decided}.` : text;
  if (notice.textContent !== told) notice.textContent = told;
}

function release() {
  const id = openUnit()?.dataset.unit;
  if (id !== undefined) {
    navigator.sendBeacon(`/review/${encodeURIComponent(id)}/release`, new URLSearchParams());
  }
}

// Beginning

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.method !== "post" || !form.matches("#desk form, #toasts form")) return;
  event.preventDefault();
  if (isEdited() && !form.matches(".edit-form")) return say(UNSAVED);
  alone(() => decide(form, submitter));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const hasModifier = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (link === null || event.defaultPrevented || event.button !== 0 || hasModifier) return;
  if (link.matches("[data-dismiss]")) {
    event.preventDefault();
    pane.querySelector("#unsaved").remove();
    return focusOn(false);
  }
  const isLine = link.matches("#unit-list a");
  if (!link.matches("#desk article a[data-act], .edit-form a") && !isLine) return;
  // On a phone a unit is a page of its own, to come back from.
  if (isLine && !wide.matches) return;
  event.preventDefault();
  if (isLine && isEdited()) return say(UNSAVED);
  alone(() => open(link.href));
});

document.addEventListener("desk:say", ({ detail }) => say(detail));
document.addEventListener("desk:problem", ({ detail }) => sayProblem(detail));
document.addEventListener("desk:reload", ({ detail }) => alone(() => reload(detail)));
addEventListener("beforeunload", (event) => {
  if (isEdited()) event.preventDefault();
});
addEventListener("pagehide", release);
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) watch();
});
document.addEventListener("visibilitychange", () => {
  if (performance.now() - watchedAt > WATCH_MS) watch();
});
setInterval(watch, WATCH_MS);
// The page that was left gives up its claim, which may be on this very unit, only after this one was asked for.
watch();
fetchAhead();
desk.dataset.ready = "";
