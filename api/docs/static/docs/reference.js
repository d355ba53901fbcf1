"use strict";

// Redoc shows its maker's logo from a server of theirs. The reader's browser talks to this host alone: an image from elsewhere
// becomes an empty one, which Redoc takes away.
const setSource = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src").set;
const setAttribute = Element.prototype.setAttribute;
const ours = (address) => new URL(address, document.baseURI).origin === location.origin || String(address).startsWith("data:");
Object.defineProperty(HTMLImageElement.prototype, "src", {
  set(address) { setSource.call(this, ours(address) ? address : "data:,"); },
});
HTMLImageElement.prototype.setAttribute = function (name, value) {
  setAttribute.call(this, name, name !== "src" || ours(value) ? value : "data:,");
};

const place = document.getElementById("reference");
Redoc.init(place.dataset.description, { expandResponses: "200,201" }, place);
