// The lobby's numbers, as large as the screen has room for all of them.

// How large letters may be, of what the style sheet gives them, and how closely it is found.
const LEAST = 0.1;
const MOST = 1.6;
const STEPS = 8;

export function fit(numbers) {
  let [low, high] = [LEAST, MOST];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    numbers.style.setProperty("--fit", middle);
    if (spills(numbers)) high = middle;
    else low = middle;
  }
  numbers.style.setProperty("--fit", low);
}

function spills(numbers) {
  const places = [numbers, ...numbers.querySelectorAll(".call, .next, .next ol, .none")];
  return places.some(
    (one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1,
  );
}
