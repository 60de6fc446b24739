// Small helps for both faces. Every one is an addition: without it the page still does its work.
import htmx from "htmx.org";
import "./menus.js";
import "./dialogs.js";
import * as forms from "./forms.js";
import * as files from "./files.js";
import * as copy from "./copy.js";
import * as search from "./search.js";

htmx.config.includeIndicatorStyles = false;   // an inline <style> would break our Content-Security-Policy
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;             // pages of a case must not stay behind in local storage
// A refused act answers 409 or 422 with the page that explains it: show it.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4(09|22)", swap: true },
  { code: "[45]..", swap: false, error: true },
];

// Once for the page, and again for each fragment that comes in.
htmx.onLoad((root) => [forms, files, copy, search].forEach((help) => help.enhance(root)));
