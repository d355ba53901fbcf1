"use strict";
// The invitation's code comes in the fragment of the address, which no browser sends anywhere. It moves to the form, and out of the address.
(() => {
  const field = document.querySelector("input[name=token]");
  if (!field || location.hash.length < 2) return;
  field.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
})();
