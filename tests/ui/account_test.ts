import { deepEqual, equal } from "node:assert/strict";
import { browserTest, checkAccessibleInBothLooks, signIn, WITHOUT_BROWSER } from "../fixtures/browser.ts";
import { PASSWORD } from "../fixtures/app.ts";

/** Made of parts: nobody's real password. */
const NEXT = ["plum", "quartz", "vex", "19"].join("-");

Deno.test({
  name:
    "without scripts a user comes to the own account, changes the password, ends a session and leaves everywhere",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const elsewhere = await test.signedIn("ada", { javaScriptEnabled: false });
    const page = await test.signedIn("ada", { javaScriptEnabled: false });
    await page.getByRole("link", { name: "Your account: ada" }).click();
    await page.getByLabel("Current password").fill(PASSWORD);
    await page.getByLabel("New password").fill(NEXT);
    await page.getByLabel("The same again").fill(NEXT);
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("Your password is changed. All other sessions are ended.").waitFor();
    await elsewhere.reload();
    await elsewhere.getByLabel("User name").waitFor();
    await signIn(elsewhere, "ada", NEXT);
    await page.reload();
    await page.getByRole("button", { name: /^End the session of/ }).click();
    await page.getByText("That session is ended.").waitFor();
    equal(await page.getByRole("button", { name: /^End the session of/ }).count(), 0);
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await page.getByText("You are signed out everywhere.").waitFor();
  },
});

Deno.test({
  name: "the account, the sign-ins and the purge of a unit are accessible in both looks, on a phone too",
  ignore: WITHOUT_BROWSER,
  async fn(): Promise<void> {
    await using test = await browserTest();
    const page = await test.signedIn("ada", { viewport: { width: 390, height: 800 } });
    const id = await test.app.unit({ key: await test.app.apiKey("ada") });
    for (
      const path of [
        "/settings/account",
        "/settings/audit/sign-ins",
        "/settings/audit",
        `/units/${id}/purge`,
        `/units/${id}`,
      ]
    ) {
      await page.goto(path);
      await checkAccessibleInBothLooks(page);
      const isWider = await page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth",
      );
      equal(isWider, false, path);
    }
    await page.goto(`/units/${id}/purge`);
    await page.getByLabel("Why").fill("names a customer");
    await page.getByLabel("I am sure").check();
    await page.getByRole("button", { name: "Purge" }).click();
    await page.getByText(/^Purged\./).waitFor();
    deepEqual((await page.goto(`/units/${id}`))?.status(), 404);
  },
});
