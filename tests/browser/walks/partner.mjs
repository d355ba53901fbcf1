// A partner's manager chooses a language, rotates a secret and revokes it, and invites somebody, who accepts with a password and an app.
import { comeBack, giveCode, press, shoot, told, visitor, walk } from "./lib.mjs";
import { look } from "./look.mjs";

await walk(async (browser) => {
  const faults = [];
  const page = await comeBack(await (await visitor(browser)).newPage(), "demo-manager");
  const language = () => page.getAttribute("html", "lang");
  const languages = [await language()];
  for (const _ of [1, 2]) {
    await page.click("header button[name=language]");
    await page.waitForLoadState();
    languages.push(await language());
  }

  await page.goto("/account/secrets/");
  await press(page, "form[action='/account/secrets/rotate/'] button");
  const secret = await page.textContent(".once code");
  await shoot(page, "secret");
  faults.push(...(await look(page)));
  await page.goto("/account/secrets/");
  const shown = () => page.locator("tr", { hasText: `…${secret.slice(-4)}` }).count();
  const kept = await shown();
  await press(page, `tr:has-text('…${secret.slice(-4)}') button`);
  await page.goto("/account/secrets/");
  const revoked = (await shown()) === 0;

  await page.goto("/account/people/");
  await page.selectOption("select[name=role]", "READER");
  await press(page, "form[action='/account/people/invite/'] button");
  const invitation = await page.textContent(".once code");
  const invited = await accept(browser, invitation, faults);
  await page.goto("/account/people/");
  return { languages, kept, revoked, ...invited, listed: (await page.innerText("main")).includes(told.invitee), faults };
});

// The invitee comes with a browser of her own, and sets up an app: the page shows its secret.
async function accept(browser, invitation, faults) {
  const page = await (await visitor(browser)).newPage();
  await page.goto(invitation);
  const hidden = !page.url().includes("#");
  await page.fill("input[name=username]", told.invitee);
  for (const field of ["password1", "password2"]) await page.fill(`input[name=${field}]`, "a-long-enough-password");
  await press(page, "main form button");
  faults.push(...(await look(page)));
  await page.click("a[href='/account/factors/app/']");
  await page.waitForLoadState();
  await shoot(page, "app");
  faults.push(...(await look(page)));
  await giveCode(page, await page.textContent("main code"));
  await shoot(page, "codes");
  faults.push(...(await look(page)));
  await page.goto("/account/");
  return { hidden, greets: await page.textContent("main strong") };
}
