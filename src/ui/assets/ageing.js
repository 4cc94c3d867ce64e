// The keys of the list of units in doubt. Each does what a link or a button of the marked unit does.

/** Nobody has seen a list that has only just come up: what is pressed by then is meant for the one before. */
const SETTLE_MS = 250;

const list = document.querySelector("#ageing");
const items = [...list?.children ?? []];
let current = 0;

function mark(index) {
  if (items[index] === undefined) return;
  current = index;
  for (const item of items) item.toggleAttribute("data-current", item === items[current]);
}

function move(step) {
  mark(current + step);
  items[current].querySelector("h2 a").focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  v: () => items[current].querySelector("form[data-act=verify] button").click(),
  e: () => items[current].querySelector("[data-act=edit]").click(),
  r: () => items[current].querySelector("[data-act=retire]").click(),
};

document.addEventListener("keydown", (event) => {
  const { key, target, repeat, isComposing, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (isComposing || event.defaultPrevented || ctrlKey || metaKey || altKey || shiftKey) return;
  if (target.matches("textarea, select, input:not([type=radio])")) return;
  if (document.querySelector("[popover]:popover-open") !== null || KEYS[key] === undefined) return;
  event.preventDefault();
  if (!repeat && list?.dataset.ready !== undefined) KEYS[key]();
});

// A second click, too, may reach the unit that has come up in the place of the first one.
list?.addEventListener("submit", (event) => {
  if (list.dataset.ready === undefined) event.preventDefault();
});
setTimeout(() => list?.setAttribute("data-ready", ""), SETTLE_MS);

// Whoever works with the pointer or with Tab takes the mark along.
list?.addEventListener("focusin", ({ target }) => mark(items.indexOf(target.closest("#ageing > li"))));

mark(0);
