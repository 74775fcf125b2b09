// Azurite collects its garbage every ten minutes, and after some thousand writes answers nobody for longer meanwhile than a client waits.
// A test run is over before it needs that.
require("azurite/dist/src/blob/utils/constants").DEFAULT_GC_INTERVAL_MS = 2 ** 31 - 1; // the longest that a timer of Node takes
