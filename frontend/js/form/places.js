// <div data-places="address"><input></div>: a combo box that offers places by how their name begins (ARIA's combobox pattern).
// What is typed counts, whether chosen or not.

const PAUSE = 250;
let boxes = 0;

export function findPlaces(box) {
  const input = box.querySelector("input");
  const list = Object.assign(document.createElement("ul"), { id: `places-${++boxes}`, className: "combo-list", role: "listbox", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  said.setAttribute("role", "status");
  list.setAttribute("aria-label", input.labels[0]?.firstChild?.textContent.trim() ?? "");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
  input.after(list, said);
  let waiting, asked, offered = [], current = -1;

  const close = () => { list.hidden = true; current = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const take = (option) => {
    input.value = option.textContent;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    const { at } = offered[Number(option.dataset.n)];
    if (at) box.dispatchEvent(new CustomEvent("place:chosen", { bubbles: true, detail: at }));
  };
  const mark = (next) => {
    const options = [...list.children];
    options[current]?.setAttribute("aria-selected", "false");
    current = (next + options.length) % options.length;
    options[current].setAttribute("aria-selected", "true");
    options[current].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[current].id);
  };
  const show = (places) => {
    close();
    offered = places;
    list.replaceChildren(...places.map(({ name }, n) => {
      const option = Object.assign(document.createElement("li"), { id: `${list.id}-${n}`, textContent: name, role: "option" });
      option.setAttribute("role", "option");   // older browsers do not reflect the property
      option.dataset.n = n;
      option.setAttribute("aria-selected", "false");
      return option;
    }));
    list.hidden = !places.length;
    input.setAttribute("aria-expanded", String(places.length > 0));
    said.textContent = places.length ? box.dataset.found.replace("{n}", places.length) : box.dataset.none;
  };
  const ask = async () => {
    const typed = input.value.trim();
    asked?.abort();
    if (typed.length < 2 || typed.includes(",")) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.places}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).places);
    } catch { close(); }   // no network: what is typed counts
  };

  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.isTrusted) waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(current + 1);
    else if (event.key === "ArrowUp") mark(current < 0 ? -1 : current - 1);
    else if (event.key === "Enter" && current >= 0) take(list.children[current]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());   // the press must not blur the field first
  list.addEventListener("click", (event) => { const option = event.target.closest("li"); if (option) take(option); });
}
