/** Builds a module's UI into content-hashed assets and their manifest. */
export {};
