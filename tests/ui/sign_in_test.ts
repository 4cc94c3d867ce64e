import { equal, match } from "node:assert/strict";
import { browserTest, checkAccessibleInBothLooks, signIn, WITHOUT_BROWSER } from "../fixtures/browser.ts";

Deno.test({
  name: "a user signs in, comes to where they wanted, and signs out",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    await test.app.signIn("ada");
    const page = await test.open();
    const refused = await page.goto("/review?sort=newest");
    equal(refused?.status(), 401);
    await page.getByLabel("User name").fill("ada");
    await page.getByLabel("Password").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    match(await page.getByRole("alert").innerText(), /wrong/);
    equal(await page.getByLabel("User name").inputValue(), "ada");
    await checkAccessibleInBothLooks(page);

    await signIn(page, "ada");
    await page.waitForURL("**/review");
    equal(await page.getByRole("heading", { level: 1 }).innerText(), "Review");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL("**/login");
    equal((await page.goto("/review"))?.status(), 401);
  },
});

Deno.test({
  name: "the chosen look is remembered and wins over the system's",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.open({ colorScheme: "light", javaScriptEnabled: false });
    await page.goto("/login");
    const paper = (): Promise<string> =>
      page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const light = await paper();
    await page.getByRole("button", { name: "Dark" }).click();
    await page.waitForURL("**/login");
    const dark = await paper();
    equal(light === dark, false);
    await page.goto("/login");
    equal(await paper(), dark);
    equal(await page.getByRole("button", { name: "Dark" }).getAttribute("aria-pressed"), "true");
    await page.getByRole("button", { name: "System" }).click();
    equal(await paper(), light);
  },
});
