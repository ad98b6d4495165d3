// Physical keys become abstract keys by the server's table; what they do is decided there.

const TYPING = new Set(["INPUT", "TEXTAREA", "SELECT"]);

export function listenToKeys(page) {
  const bindings = JSON.parse(page.body.dataset.bindings);
  const jack = JSON.parse(page.body.dataset.jack);

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.code in jack) {
      event.preventDefault();
      if (!event.repeat) page.send("/do/headset", { plugged: jack[event.code] });
      return;
    }
    const key = bindings[event.code];
    if (key === undefined || isTyping(event, page)) return;
    event.preventDefault();
    if (event.repeat) return;
    press(page, key);
  });

  for (const button of page.body.querySelectorAll("[data-key]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      press(page, button.dataset.key);
    });
  }

  if (page.entry && !page.takesDigits) keepDraft(page);
}

// In a text field keys write; in a field of digits our keys do.
function isTyping(event, page) {
  if (!TYPING.has(event.target.tagName) || page.takesDigits) return false;
  return !/^(F\d+|Escape|Page(Up|Down))$/.test(event.code);
}

function press(page, key) {
  echo(page, key);
  page.signer?.key(key);
  // A key answers what stands on this page: queued, it mustn't answer what comes next.
  page.send("/do/key", { key, step: page.step });
}

// Show a digit at once; the session's answer is what counts.
function echo(page, key) {
  if (!page.takesDigits) return;
  const digit = /^digit(\d)$/.exec(key);
  if (digit) page.entry.value += digit[1];
  else if (key === "back") page.entry.value = page.entry.value.slice(0, -1);
}

function keepDraft(page) {
  let timer;
  page.entry.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      page.send("/do/draft", { step: page.step, entry: page.entry.value });
    }, 400);
  });
}
