// The words of the page's language: <template data-words><i data-word="saved">…{time}…</i>…</template>.

const sources = [...document.querySelectorAll("template[data-words]")].map((template) => template.content);
const language = document.documentElement.lang || "id";

export function word(name, known = {}) {
  const text = sources.map((source) => source.querySelector(`[data-word="${name}"]`)?.textContent).find(Boolean) ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, part) => known[part] ?? whole);
}

export function make(tag, facts = {}, ...inside) {
  const { data = {}, aria = {}, ...plain } = facts;
  const made = Object.assign(document.createElement(tag), plain);
  Object.entries(data).forEach(([name, value]) => { made.dataset[name] = value; });
  Object.entries(aria).forEach(([name, value]) => made.setAttribute(`aria-${name}`, value));
  made.append(...inside.filter(Boolean));
  return made;
}

export const button = (name, press, look = "btn") => {
  const made = make("button", { type: "button", className: look, textContent: word(name) });
  made.addEventListener("click", press);
  return made;
};

export const when = (at) => new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" }).format(at);
export const clock = (at) => new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(at);
export const megabytes = (bytes) => `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(bytes / 1048576)} MB`;
