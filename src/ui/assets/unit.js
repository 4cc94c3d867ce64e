// The page of a unit: copying what is stored of it.

const COPIED_MS = 2_000;

for (const button of document.querySelectorAll("[data-copy-text]")) {
  const source = document.getElementById(button.dataset.copyText);
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = await copy(source) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => button.textContent = label, COPIED_MS);
  });
}

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    // Not allowed, or a page without encryption: there the selection is what can be copied.
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}
