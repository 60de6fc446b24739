// The words of the page's language: <template data-words><i data-word="saved">…{time}…</i>…</template>.

const sources = [...document.querySelectorAll("template[data-words]")].map((template) => template.content);
const language = document.documentElement.lang === "en" ? "en-GB" : "id";   // days before months, 24 hours

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

// As the server writes it: "Senin, 23 November 2026 pukul 10.15 WITA". The zone is the device's; browsers know the short
// names of Indonesia's three only in some languages, so they stand here.
const ZONES = { "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Ujung_Pandang": "WITA", "Asia/Jayapura": "WIT" };

function zone(at) {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const named = new Intl.DateTimeFormat(language, { timeZoneName: "short" }).formatToParts(at);
  return ZONES[timeZone] ?? named.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

const told = (at, how) => new Intl.DateTimeFormat(language, how).format(at);

export function clock(at) {
  const time = told(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${time} ${zone(at)}`.trim();
}

export const when = (at) => word("date-at", {
  date: `${told(at, { weekday: "long" })}, ${told(at, { day: "numeric", month: "long", year: "numeric" })}`,
  time: clock(at),
});

export const megabytes = (bytes) => `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(bytes / 1048576)} MB`;
