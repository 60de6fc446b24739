import "./shared.js";
import "./keyboard.js";
import "./desk/picks.js";
import "./desk/arrivals.js";
import "./desk/panel.js";
import "./desk/reading.js";
import "./desk/mentions.js";
