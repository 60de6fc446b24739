// The exact point: asked of the device or marked on a map, only when a button is pressed; taken back as easily.
import { loadMap, mapOptions } from "../map-loader.js";

const near = (degrees) => Number(degrees).toFixed(5);

export function askPosition(box, form) {
  const { latitude, longitude } = form.elements;
  const said = box.querySelector("[data-said]"), remove = box.querySelector("[data-unpick]");
  const words = box.dataset;
  let drawn, around;
  box.hidden = false;

  const show = (more = "") => {
    const has = Boolean(latitude.value && longitude.value);
    remove.hidden = !has;
    said.textContent = has ? words.kept.replace("{at}", `${latitude.value}, ${longitude.value}${more}`) : "";
  };
  const keep = (lat, lng, more) => {
    latitude.value = near(lat);
    longitude.value = near(lng);
    show(more);
    latitude.dispatchEvent(new Event("change", { bubbles: true }));
    drawn?.then(({ map, setPin }) => { setPin(lat, lng); map.panTo([lat, lng]); });
  };
  const drop = () => {
    latitude.value = longitude.value = "";
    show();
    said.textContent = words.gone;
    latitude.dispatchEvent(new Event("change", { bubbles: true }));
    drawn?.then(({ clearPin }) => clearPin());
  };
  const locate = () => {
    said.textContent = words.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => keep(coords.latitude, coords.longitude, `, ${words.near.replace("{m}", Math.round(coords.accuracy))}`),
      () => { said.textContent = words.refused; },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  };
  const lookAt = (map, element) => map.setView(around, element.dataset.tiles ? 14 : 10);
  const openMap = async (button) => {
    const frame = box.querySelector("#position-map"), element = frame.querySelector(".map");
    frame.hidden = !frame.hidden;
    button.setAttribute("aria-expanded", String(!frame.hidden));
    if (frame.hidden || drawn) return;
    const pin = latitude.value ? { lat: Number(latitude.value), lng: Number(longitude.value) } : undefined;
    const { zoomIn, zoomOut } = element.dataset;
    drawn = loadMap(element).then((drawMap) => drawMap(element, { ...mapOptions(element), pin, words: { zoomIn, zoomOut, pin: words.pin }, onPick: (lat, lng) => keep(lat, lng) }));
    drawn.then(({ map }) => { if (around && !pin) lookAt(map, element); }, () => {});
    drawn.catch(() => { drawn = undefined; frame.hidden = true; said.textContent = words.noMap; });
  };

  if (!navigator.geolocation) box.querySelector("[data-locate]").hidden = true;
  box.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if ("locate" in button.dataset) locate();
    if ("pick" in button.dataset) openMap(button);
    if ("unpick" in button.dataset) drop();
    if ("centre" in button.dataset) drawn?.then(({ map, setPin }) => { const { lat, lng } = map.getCenter(); setPin(lat, lng); keep(lat, lng); });
  });
  form.addEventListener("place:chosen", ({ detail }) => {
    around = detail;
    if (!latitude.value) drawn?.then(({ map }) => lookAt(map, box.querySelector(".map")));
  });
  latitude.addEventListener("input", () => show());   // a draft came back
  show();
}
