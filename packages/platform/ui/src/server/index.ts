/** Serves the shell page and the modules' assets. */
export {};
