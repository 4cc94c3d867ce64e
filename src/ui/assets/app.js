// What every page does with scripts on: messages leave by themselves, an undo that is over is taken away.

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
