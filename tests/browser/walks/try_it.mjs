// Somebody signs in on the page to try on with a client's secret and stores a referral: each client in turn.
import { shoot, told, visitor, walk } from "./lib.mjs";

await walk(async (browser) => {
  const said = {};
  for (const [mode, client] of Object.entries(told.clients)) {
    const page = await (await visitor(browser)).newPage();
    await page.goto("/docs/try/");
    await page.click("button.authorize");
    const form = page.locator(".auth-container", { hasText: "clientCredentials" });
    await form.locator("input[data-name=clientId], #client_id_clientCredentials, input[name=client_id]").first().fill(client.client_id);
    await form.locator("input[data-name=clientSecret], #client_secret_clientCredentials, input[name=client_secret]").first().fill(client.client_secret);
    await form.locator("button.authorize").click();
    await form.locator("button:has-text('Logout')").waitFor();
    await page.click("button.btn-done");
    const operation = page.locator(".opblock-post", { hasText: told.operation }).first();
    await operation.locator(".opblock-summary-control").click();
    await operation.locator("tr[data-param-name='Idempotency-Key'] input").fill(crypto.randomUUID());
    await operation.locator("button.execute").click();
    await operation.locator(".live-responses-table .response").first().waitFor();
    said[mode] = await operation.locator(".live-responses-table .response").first().innerText();
    await shoot(page, mode);
  }
  return said;
});
