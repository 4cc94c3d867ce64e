/**
 * Writes the pictures of the pages in `docs/screenshots`, from a made-up store whose content and time are always the same.
 *
 *     deno task screenshots
 */
import type { Page } from "playwright-core";
import { fileURLToPath } from "node:url";
import { signIn, startBrowser } from "../tests/fixtures/browser.ts";
import { DEMO_VIEWER, demoStore } from "../tests/fixtures/demo_store.ts";
import { NAVIGATION } from "../src/ui/nav.ts";
import { KEYS_PATH } from "../src/ui/pages/keys_query.ts";
import { DECISIONS_PATH } from "../src/ui/pages/review_decisions.tsx";

const FOLDER = fileURLToPath(new URL("screenshots", import.meta.url));
const DESKTOP = { width: 1280, height: 750 }, PHONE = { width: 390, height: 844 };
const PHONE_PAGE = "/review";

/** A page is called by the last part of its path. */
function nameOf(path: string): string {
  return path.split("/").at(-1)!;
}

interface Picture {
  readonly name: string;
  /** What is done on the page before. */
  readonly prepare?: (page: Page) => Promise<void>;
}

async function capture(page: Page, path: string, { name, prepare }: Picture): Promise<void> {
  const response = await page.goto(path);
  if (response?.status() !== 200) {
    Deno.stderr.writeSync(new TextEncoder().encode(`${path} answers ${response?.status()}: left out\n`));
    return;
  }
  await prepare?.(page);
  await page.evaluate("document.activeElement?.blur(); document.fonts.ready");
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: "disabled", caret: "hide" });
}

/** The page of a unit that has a history. */
async function unitPath(page: Page): Promise<string> {
  await page.goto("/units?status=approved&flagged=1");
  return (await page.locator('main a[href^="/units/ku_"]').first().getAttribute("href"))!;
}

async function openKeyForm(page: Page): Promise<void> {
  await page.getByText("New key", { exact: true }).click();
  await page.getByRole("button", { name: "Create key" }).scrollIntoViewIfNeeded();
}

async function main(): Promise<void> {
  await Deno.mkdir(FOLDER, { recursive: true });
  await using app = await demoStore();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.server.app);
  const browser = await startBrowser();
  const baseURL = `http://127.0.0.1:${server.addr.port}`;
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({ baseURL, viewport: DESKTOP, colorScheme, reducedMotion: "reduce" });
    await capture(page, "/login", { name: `login-${colorScheme}` });
    await signIn(page, DEMO_VIEWER);
    for (const { path } of [...NAVIGATION, { path: DECISIONS_PATH }]) {
      await capture(page, path, { name: `${nameOf(path)}-${colorScheme}` });
    }
    await capture(page, await unitPath(page), { name: `unit-${colorScheme}` });
    await capture(page, KEYS_PATH, { name: `new-key-${colorScheme}`, prepare: openKeyForm });
    await page.context().close();
  }
  const phone = await browser.newPage({ baseURL, viewport: PHONE, isMobile: true, hasTouch: true });
  await signIn(phone, DEMO_VIEWER);
  await capture(phone, PHONE_PAGE, { name: `${nameOf(PHONE_PAGE)}-phone` });
  await browser.close();
  await server.shutdown();
}

await main();
