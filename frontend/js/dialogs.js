// <button data-dialog="id"> opens <dialog id="id">; without JavaScript the button's form asks on a page of its own.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.closest("[data-dialog-close]")) {
    event.preventDefault();
    event.target.closest("dialog")?.close();
  }
  if (event.target.closest("[data-dismiss]")) event.target.closest("[data-dismissable]")?.remove();
});
