// A person adds a passkey, signs in with it alone, then with the password and it, shows it again, and takes it away.
// The key is the browser's own, made in software.
import { giveCode, path, press, shoot, signIn, told, visitor, walk } from "./lib.mjs";

const KEY = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
const REMOVE = "form[action='/account/factors/passkey/remove/']";

await walk(async (browser) => {
  const page = await (await visitor(browser)).newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", { options: KEY });
  const left = (address) => page.waitForURL(({ pathname }) => !pathname.startsWith(address));

  await signIn(page, told.who);
  await page.goto("/account/factors/passkey/");
  if (path(page.url()) === "/account/confirm/") await giveCode(page, told.people[told.who].secret);
  await page.fill("main input[name=name]", "laptop");
  await page.click("main form button");
  await left("/account/factors/passkey/");

  await signOut(page);
  await page.click("form[data-passkey=login] button");
  await left("/account/login/");
  const alone = path(page.url());
  await shoot(page, "home");

  await signOut(page);
  await page.fill("input[name=login]", told.who);
  await page.fill("input[name=password]", told.people[told.who].password);
  await page.click("main form button:not([hidden])");
  await page.waitForLoadState();
  await page.click("form[data-passkey=get] button");
  await left("/account/login/");
  const second = path(page.url());

  await page.goto("/account/confirm/passkey/?next=/account/");
  await page.click("form[data-passkey] button");
  await left("/account/confirm/");
  await press(page, `${REMOVE} button`);
  await page.goto("/account/");
  return { alone, second, left: await page.locator(REMOVE).count() };
});

async function signOut(page) {
  await page.goto("/account/logout/");
  await page.click("main form button");
  await page.goto("/account/login/");
}
