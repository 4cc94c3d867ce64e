// Swipes on a touch screen: to the right approves the open unit, to the left asks why it is rejected.

/** Pixels after which a move is no tremble, and after which it counts. */
const START_PX = 12;
const SURE_PX = 96;

const desk = document.querySelector("#desk");
const pane = desk.querySelector(".desk-unit");
let swipe;

pane.addEventListener("pointerdown", ({ target, pointerType, pointerId, clientX, clientY, isPrimary }) => {
  const unit = target.closest("article.unit[data-status=pending]");
  const isFree = desk.dataset.busy === undefined && pane.querySelector(".edit-form") === null;
  if (pointerType !== "touch" || !isPrimary || unit === null || !isFree || target.closest(".panel")) return;
  swipe = { unit, pointerId, x: clientX, y: clientY, isUnderWay: false };
});

pane.addEventListener("pointermove", ({ pointerId, clientX, clientY }) => {
  if (swipe?.pointerId !== pointerId) return;
  const across_px = clientX - swipe.x;
  if (!swipe.isUnderWay) {
    if (Math.abs(across_px) < START_PX) return;
    if (Math.abs(clientY - swipe.y) > Math.abs(across_px)) return end();
    swipe.isUnderWay = true;
  }
  pane.dataset.swipe = across_px > 0 ? "approve" : "reject";
  pane.toggleAttribute("data-sure", Math.abs(across_px) >= SURE_PX);
  swipe.unit.style.setProperty("--drag", `${across_px}px`);
});

pane.addEventListener("pointerup", ({ pointerId }) => {
  if (swipe?.pointerId !== pointerId) return;
  const verb = pane.hasAttribute("data-sure") ? pane.dataset.swipe : undefined;
  end();
  if (verb === "approve") pane.querySelector("form[data-act=approve]").requestSubmit();
  if (verb === "reject") pane.querySelector("#reject-panel").showPopover();
});

pane.addEventListener("pointercancel", end);

function end() {
  swipe?.unit.style.removeProperty("--drag");
  delete pane.dataset.swipe;
  pane.removeAttribute("data-sure");
  swipe = undefined;
}
