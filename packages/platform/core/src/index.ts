/** Binds the ports of modules to their providers inside one Nest process, and runs their workflows. */
export {};
