// The keys of the review page. Each does what a link or a button of the page does, and nothing else: what cannot be clicked
// cannot be pressed either.

const GO_MS = 1_500;
const desk = document.querySelector("#desk");
let goingUntil = 0;

/** Keys by name; a name with Shift is for letters only. */
const KEYS = {
  a: () => press("approve"),
  r: () => panel("#reject-panel"),
  d: () => press("duplicate"),
  s: () => panel("#snooze-panel"),
  e: () => visible("a[data-act=edit]")?.click(),
  u: undo,
  j: () => move(1),
  k: () => move(-1),
  arrowdown: () => move(1),
  arrowup: () => move(-1),
  arrowright: () => visible("form[data-act=approve] button")?.focus(),
  arrowleft: () => panel("#reject-panel"),
  x: select,
  " ": select,
  "shift+x": () => desk.dispatchEvent(new Event("desk:all")),
  "shift+a": () => desk.querySelector("#bulk-form [value=approve]")?.click(),
  "shift+r": () => desk.querySelector("#bulk-form [value=reject]")?.click(),
  "shift+s": () => desk.querySelector("#bulk-form [value=snooze]")?.click(),
  "/": () => visible("#q")?.select(),
  "?": () => document.querySelector("#help-panel").showPopover(),
  g: () => goingUntil = performance.now() + GO_MS,
  escape: cancelEdit,
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.isComposing || event.defaultPrevented) return;
  if (key === "Enter" && (event.ctrlKey || event.metaKey) && isTyping(target) && !event.repeat) {
    if (target.form?.method === "post") target.form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isNative = isTyping(target) || (isControl(target) && (key === "Enter" || key === " "));
  if (event.repeat) {
    // A button that is held down would be pressed again and again.
    if (key === "Enter" && !isTyping(target)) event.preventDefault();
    return;
  }
  const opened = document.querySelector("[popover]:popover-open, dialog[open]");
  if (opened !== null) {
    if (!isNative) pressIn(opened, event);
    return;
  }
  if (isNative && key !== "Escape") return;
  act(event);
});

function act(event) {
  const { key, shiftKey } = event;
  const isGoing = performance.now() < goingUntil;
  goingUntil = 0;
  const link = isGoing ? document.querySelector(`[data-go="${CSS.escape(key)}"]`) : null;
  const isLetter = /^[a-z]$/i.test(key);
  const does = link === null
    ? KEYS[isLetter && shiftKey ? `shift+${key.toLowerCase()}` : key.toLowerCase()]
    : () => link.click();
  if (does === undefined) return;
  event.preventDefault();
  if (desk.dataset.busy === undefined) does();
}

// In capture: these events do not rise. Readers of the screen hear what opened.
document.addEventListener("toggle", ({ target, newState }) => {
  const isNew = newState === "open" && target.matches("[popover]") &&
    !target.contains(document.activeElement);
  if (isNew) target.focus();
}, { capture: true });

/** In a panel digits choose, and Enter confirms what has a choice. */
function pressIn(opened, event) {
  if (/^[1-9]$/.test(event.key)) {
    const radio = opened.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (radio !== undefined) {
      radio.checked = true;
      radio.focus();
    } else opened.querySelector(`[data-digit="${event.key}"]`)?.click();
  }
  if (event.key === "Enter") {
    event.preventDefault();
    opened.querySelector("input[type=radio]")?.form.requestSubmit();
  }
}

function isTyping(element) {
  return element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

function isControl(element) {
  return element.closest("a, button, summary, input, [tabindex='0']") !== null &&
    !element.matches("input[type=radio]");
}

/** The element, if it can be seen. */
function visible(selector) {
  const element = desk.querySelector(selector);
  return element?.checkVisibility() ? element : undefined;
}

function press(verb) {
  visible(`form[data-act=${verb}] button`)?.click();
}

function panel(selector) {
  if (visible(`[popovertarget="${selector.slice(1)}"]`)) desk.querySelector(selector).showPopover();
}

function currentLine() {
  return desk.querySelector("#unit-list a[aria-current]")?.closest("li");
}

function move(step) {
  const current = currentLine();
  const first = desk.querySelector("#unit-list li");
  const to = current ? step > 0 ? current.nextElementSibling : current.previousElementSibling : first;
  if (to) to.querySelector("a").click();
  else tell(step > 0 ? "This is the last unit of the list." : "This is the first unit of the list.");
}

function select() {
  currentLine()?.querySelector("[name=unit]").click();
}

function undo() {
  const fresh = document.querySelector("#toasts [data-undo]");
  if (fresh !== null) return fresh.click();
  if (visible("form[data-act=reopen] button")) return press("reopen");
  tell("Nothing to undo. A decided unit is reopened from its own page.");
}

/** Leaves an edit in which nothing was changed; changes are not thrown away by a key. */
function cancelEdit() {
  const form = desk.querySelector(".edit-form");
  if (form === null) return;
  const fields = [...form.querySelectorAll("textarea, input:not([type=hidden])")];
  if (fields.some(({ value, defaultValue }) => value !== defaultValue)) {
    tell("There are changes that are not saved. Save them or cancel first.");
  } else form.querySelector(".form-actions a").click();
}

function tell(text) {
  document.dispatchEvent(new CustomEvent("desk:say", { detail: text }));
}
