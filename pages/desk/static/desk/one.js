// What a reader of the form need not see. Without this script everything is there, with its condition in words.
const form = document.querySelector("[data-form=one]");
const chosen = (name) => (form.querySelector(`[name="${name}"]:checked`) ?? form.querySelector(`select[name="${name}"]`))?.value ?? "";

// A field whose condition is not met says nothing: it is hidden unless it says something, which is sent and must be seen.
function show() {
  for (const field of form.querySelectorAll("[data-when]")) {
    const said = [...field.querySelectorAll("select, :checked")].some(({ value }) => value && !value.startsWith("_"));
    const when = chosen(field.dataset.when);
    field.hidden = !said && !("shown" in field.dataset) && !field.dataset.codes.split(" ").includes(when);
  }
  // Of the choices in groups, those of the chosen group.
  for (const select of form.querySelectorAll("select[data-parent]")) {
    const parent = chosen(select.dataset.parent);
    for (const group of select.querySelectorAll("optgroup[data-parent]")) {
      const apart = Boolean(parent) && group.dataset.parent !== parent && !group.querySelector("option:checked");
      group.hidden = group.disabled = apart;
    }
  }
}

// Nothing stands beside "none" and "not asked".
function alone({ target }) {
  if (target.type === "checkbox" && target.checked) {
    for (const other of form.querySelectorAll(`[name="${target.name}"]:checked`)) {
      if (other !== target && ("alone" in target.dataset || "alone" in other.dataset)) other.checked = false;
    }
  }
  show();
}

if (form) {
  form.addEventListener("change", alone);
  show();
  // Whoever sent a form with errors is led to what is said of them.
  (document.getElementById("summary") ?? document.getElementById("checks"))?.focus();
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
