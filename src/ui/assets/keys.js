// The page of API keys: copying, and a new key that is not left behind by accident.

const COPIED_MS = 2_000;

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = await copy(field) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => button.textContent = label, COPIED_MS);
  });
}

async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Not allowed, or a page without encryption: there the selection is what can be copied.
    return document.execCommand("copy");
  }
}

const secret = document.querySelector("[data-secret]");
if (secret !== null) guard(secret);

function guard(page) {
  let isCopied = false;
  for (const form of page.querySelectorAll("form[data-copied]")) {
    form.addEventListener("submit", () => isCopied = true);
  }
  addEventListener("beforeunload", (event) => {
    if (!isCopied) event.preventDefault();
  });
  // A browser may keep the page as it is for the way back.
  addEventListener("pagehide", () => {
    for (const field of page.querySelectorAll("textarea")) field.value = "";
  });
  page.querySelector("textarea").select();
}
