// Learn this device: in a key's field the next key pressed is written by its code, and the next
// field is on. Tab and Shift still move between fields, so that nobody is caught in one.

const fields = [...document.querySelectorAll("[data-learn]")];

for (const [at, field] of fields.entries()) {
  field.addEventListener("keydown", (event) => {
    if (event.repeat || /^(Tab|Shift)/.test(event.code) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.code === "Delete" && field.value) {
      field.value = "";
      return;
    }
    field.value = event.code;
    fields[at + 1]?.focus();
  });
}
