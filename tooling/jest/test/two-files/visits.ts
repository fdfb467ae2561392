/** State of a module of the workspace: every test file has its own. */
export const visits: string[] = [];
