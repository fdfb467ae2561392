/** Verifies the boundaries of a Macrolith workspace and draws its modules: what `macro` does, for programs. */

export { runMacro } from './commands/program.js';
export type { Streams } from './commands/streams.js';
export { readRoleCatalog } from './database/read-role-catalog.js';
export type { RoleCatalog } from './database/role-catalog.js';
export { type ModuleGraph, moduleGraph } from './graph/module-graph.js';
export { type Readiness, type ReadinessOptions, readiness } from './readiness/readiness.js';
export { ALL_RULES } from './rules/all-rules.js';
export type { Rule } from './rules/rule.js';
export { UsageError } from './usage-error.js';
export { type Verification, type VerifyOptions, verify } from './verify.js';
export { Ratchet } from './violations/ratchet.js';
export type { Violation } from './violations/violation.js';
export { readWorkspace, type Workspace } from './workspace/workspace.js';
