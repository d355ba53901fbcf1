"use strict";

const place = document.getElementById("reference");

// Redoc shows its maker's logo from a server of theirs. The reader's browser talks to this host alone, so ours stands in.
const setAttribute = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  const elsewhere = this instanceof HTMLImageElement && name === "src" && !String(value).startsWith("data:")
    && new URL(value, document.baseURI).origin !== location.origin;
  return setAttribute.call(this, name, elsewhere ? place.dataset.logo : value);
};

Redoc.init(
  place.dataset.description,
  { hideDownloadButton: false, expandResponses: "200,201", requiredPropsFirst: false, scrollYOffset: "header" },
  place,
);
