// Draws a large photo anew before it goes up: a fifth of the bytes over a slow line, and the notes of the camera (where,
// when, with what) never leave the phone. Whatever cannot be drawn goes as it is; the server cleans it too.

const LARGE = 1024 * 1024;
const LONGEST = 2560;   // as the server keeps it

export async function smaller(file) {
  if (!/^image\/(jpeg|webp)$/.test(file.type) || file.size < LARGE || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const drawn = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.85); });
    return drawn && drawn.size < file.size ? drawn : file;
  } catch {
    return file;
  }
}
