// <div class="dropzone" data-files …><input type="file" multiple></div>: shows what was chosen, before it is sent, and takes one back.
// Words come from data attributes, so that they speak the page's language.

const kilobytes = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`);

function thumbnail(file) {
  const box = document.createElement(file.type.startsWith("image/") ? "img" : "span");
  box.className = "file-thumb";
  if (box.tagName === "IMG") {
    box.alt = "";
    box.src = URL.createObjectURL(file);
    box.addEventListener("load", () => URL.revokeObjectURL(box.src), { once: true });
    box.addEventListener("error", () => box.replaceWith(document.createElement("span")), { once: true });
  } else {
    box.textContent = (file.name.split(".").pop() ?? "").slice(0, 4).toUpperCase();
  }
  return box;
}

function line(file, zone, remove) {
  const item = document.createElement("li");
  const tooLarge = file.size > Number(zone.dataset.maxBytes || Infinity);
  item.className = tooLarge ? "file-item file-wrong" : "file-item";
  const words = document.createElement("span");
  const name = Object.assign(document.createElement("span"), { className: "file-name d-block", textContent: file.name });
  const note = Object.assign(document.createElement("span"), { className: "file-note" });
  note.textContent = tooLarge ? `${kilobytes(file.size)}: ${zone.dataset.tooLarge}` : kilobytes(file.size);
  words.className = "overflow-hidden";
  words.append(name, note);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "file-remove", textContent: "✕" });
  button.setAttribute("aria-label", `${zone.dataset.remove} ${file.name}`);
  button.addEventListener("click", remove);
  item.append(thumbnail(file), words, button);
  return item;
}

function manage(zone) {
  const input = zone.querySelector("input[type=file]");
  const list = Object.assign(document.createElement("ul"), { className: "file-list", hidden: true });
  let chosen = [];
  zone.append(list);

  const hand = (files) => {
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
    chosen = files;
    list.replaceChildren(...files.map((file) => line(file, zone, () => { hand(chosen.filter((one) => one !== file)); input.focus(); })));
    list.hidden = files.length === 0;
    zone.dispatchEvent(new CustomEvent("files:shown", { detail: files.map((file, n) => ({ file, item: list.children[n] })) }));
  };
  // Choosing again adds, as people expect from a camera; the browser alone would replace.
  input.addEventListener("change", () => hand(input.multiple ? [...chosen, ...input.files] : [...input.files]));
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("dropzone-over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("dropzone-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("dropzone-over");
    hand(input.multiple ? [...chosen, ...event.dataTransfer.files] : [...event.dataTransfer.files].slice(0, 1));
  });
}

export function enhance(root) {
  if (window.DataTransfer) root.querySelectorAll("[data-files]").forEach(manage);
}
