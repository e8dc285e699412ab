// What every page gets. Each module looks for its own marks and does nothing without them.
import "./door-forget.js";
import "./errors.js";
import "./keep.js";
import "./menu.js";
import "./offline.js";
import "./once.js";
import "./poll.js";
import "./reorder.js";
import "./select.js";
import "./time.js";
