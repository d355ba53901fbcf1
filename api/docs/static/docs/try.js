"use strict";

const place = document.getElementById("try");

// Whoever tries, tries with made-up data, which may be written with a client in test mode alone.
async function refuseLiveWrites(request) {
  const authorization = request.headers?.Authorization ?? "";
  // The description itself is asked for without a method.
  if (["GET", "HEAD"].includes((request.method ?? "GET").toUpperCase()) || !authorization.startsWith("Bearer ")) return request;
  const answer = await fetch(new URL("/api/v1/me", request.url), { headers: { Authorization: authorization } });
  // The page shows an answer; an exception would leave it blank.
  const refuse = async () => new Response(place.dataset.refused, { status: 403, headers: { "Content-Type": "text/plain" } });
  return answer.ok && (await answer.json()).partner.mode !== "TEST" ? { ...request, userFetch: refuse } : request;
}

// Swagger UI's choice of a server has no name that a screen reader could say.
new MutationObserver(() => {
  document.getElementById("servers")?.setAttribute("aria-label", place.dataset.server);
}).observe(place, { childList: true, subtree: true });

SwaggerUIBundle({
  url: place.dataset.description,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  // A deep link would be a link inside a button, which assistive technology does not reach.
  deepLinking: false,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  // A validator would be a server of somebody else.
  validatorUrl: null,
  tryItOutEnabled: true,
  persistAuthorization: false,
  requestInterceptor: refuseLiveWrites,
});
