import "./shared.js";
import "./track.js";
