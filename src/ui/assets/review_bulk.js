// Several units at once: the preview and the outcome of the server's pages, in a dialog above the list.

const desk = document.querySelector("#desk");
const dialog = document.querySelector("#bulk-dialog");
let decided = [];

function boxes() {
  return [...desk.querySelectorAll("#unit-list [name=unit]")];
}

function showCount() {
  const count = boxes().filter(({ checked }) => checked).length;
  const words = desk.querySelector("#bulk-count");
  if (words !== null) words.textContent = `${count} selected`;
}

// In capture: the list hears of its own refresh by an event that does not rise.
desk.addEventListener("change", showCount, { capture: true });
desk.addEventListener("reset", () => setTimeout(showCount));
desk.addEventListener("desk:all", () => {
  const all = boxes();
  const isEvery = all.every(({ checked }) => checked);
  for (const box of all) box.checked = !isEvery;
  showCount();
});

async function fill(url, init) {
  const response = await fetch(url, { ...init, headers: { accept: "text/html" } }).catch(() => undefined);
  const text = await response?.text().catch(() => "") ?? "";
  const page = new DOMParser().parseFromString(text, "text/html");
  const bulk = page.querySelector("#bulk");
  if (bulk === null) {
    const detail = { status: text === "" ? 0 : response.status, page };
    return document.dispatchEvent(new CustomEvent("desk:problem", { detail }));
  }
  dialog.replaceChildren(bulk);
  if (!dialog.open) dialog.showModal();
  // On the heading, not on the button at the end: whoever presses Enter has seen what it is about.
  dialog.querySelector("#bulk-title").focus();
  dialog.scrollTop = 0;
}

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const isPreview = form.id === "bulk-form";
  if (!isPreview && !("bulk" in form.dataset)) return;
  event.preventDefault();
  if (dialog.dataset.busy !== undefined) return;
  dialog.dataset.busy = "";
  const fields = new URLSearchParams(new FormData(form, submitter));
  const url = form.getAttribute("action");
  if (isPreview) await fill(`${url}?${fields}`);
  else {
    decided = [...decided, ...fields.getAll("unit")];
    await fill(url, { method: "POST", body: fields });
  }
  delete dialog.dataset.busy;
});

dialog.addEventListener("click", (event) => {
  if (!event.target.matches("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});

dialog.addEventListener("close", () => {
  dialog.replaceChildren();
  if (decided.length > 0) document.dispatchEvent(new CustomEvent("desk:reload", { detail: decided }));
  decided = [];
});
