import "./shared.js";
import "./track.js";
import "./app.js";
import { enhance as drawMaps } from "./map-page.js";

drawMaps(document);
