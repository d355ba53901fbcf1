"use strict";

const place = document.getElementById("try");

SwaggerUIBundle({
  url: place.dataset.description,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: false,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  // A validator would be a server of somebody else.
  validatorUrl: null,
  tryItOutEnabled: true,
  persistAuthorization: false,
});
