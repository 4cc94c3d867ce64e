// What every page does with scripts on: messages leave by themselves, an undo that is over is taken away, and forms are sent
// once and by whom their page was made for.

const TOAST_MS = 6_000;
const toasts = document.querySelector("#toasts");

for (const toast of toasts.children) expire(toast);
// Other scripts put messages in there too.
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node instanceof Element) expire(node);
  }
}).observe(toasts, { childList: true });

function expire(toast) {
  const undo = toast.querySelector("[data-undo]");
  const shown_ms = undo === null ? TOAST_MS : Number(undo.dataset.undo) * 1000;
  const isError = toast.classList.contains("toast-error");
  if (!isError) setTimeout(() => leave(toast), shown_ms);
}

function leave(toast) {
  // Whoever is reading it or has its button under the finger keeps it a little longer.
  if (toast.matches(":hover, :focus-within")) setTimeout(() => leave(toast), 1000);
  else toast.remove();
}

// The answer to what is sent first is lost with a second click: a key or a password that is shown once, or that it was done.
const sent = new Set();
// On the window: scripts of the page that send a form themselves have taken the event by then.
addEventListener("submit", (event) => {
  const { target: form } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) event.preventDefault();
  sent.add(form);
});
// Who is asked whether to leave and stays may send it again.
addEventListener("beforeunload", (event) => {
  setTimeout(() => {
    if (event.defaultPrevented) sent.clear();
  });
});
// Come back to, the page is as it was left.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) sent.clear();
});

// All tabs have one session. The server refuses what was meant under another name than that of the last one who signed in.
const { viewer } = document.documentElement.dataset;
document.addEventListener("formdata", ({ target: form, formData }) => {
  if (viewer !== undefined && form.method === "post") formData.set("viewer", viewer);
});
