import "./shared.js";
import "./keyboard.js";
