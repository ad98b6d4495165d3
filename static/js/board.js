// The console's lists: rows come, move and go one by one; whoever reads them keeps their place.

// Do what has changed. `drawn` has the rows' new drawings by id.
export function apply(changed) {
  const board = document.getElementById("board");
  if (!board) return;
  const stood = standing(board);
  if (changed.fresh) {
    for (const list of board.querySelectorAll(".rows")) list.replaceChildren();
  }
  for (const id of changed.gone) row(id)?.remove();
  for (const [id, drawing] of Object.entries(changed.rows)) {
    const old = row(id);
    // A row that isn't there yet is put below.
    if (old) old.replaceWith(element(drawing));
  }
  for (const [id, list, after] of changed.put) {
    const place = document.getElementById(`list-${list}`);
    const one = row(id) ?? element(changed.rows[id]);
    place.insertBefore(one, after ? row(after).nextSibling : place.firstChild);
  }
  stand(stood);
}

function row(id) {
  return document.getElementById(`row-${id}`);
}

function element(drawing) {
  const holder = document.createElement("template");
  holder.innerHTML = drawing;
  return holder.content.firstElementChild;
}

// What has the focus, and which rows follow it, should it go.
function standing(board) {
  const focused = document.activeElement;
  if (!board.contains(focused)) return null;
  const here = focused.closest(".row");
  const after = [];
  for (let one = here; one; one = one.nextElementSibling) after.push(one.id);
  const list = here?.parentElement.id;
  return { id: focused.id, list, after, section: focused.closest("section")?.id };
}

function stand(stood) {
  if (!stood || document.activeElement?.id === stood.id) return;
  const same = document.getElementById(stood.id);
  const moved = same && stood.list && same.closest(".rows")?.id !== stood.list;
  const next = stood.after
    .map((id) => document.getElementById(id))
    .find((one) => one?.parentElement.id === stood.list);
  const place =
    (moved ? null : same) ??
    next?.querySelector("a, button") ??
    document.getElementById(stood.section);
  place?.focus({ preventScroll: true });
}
