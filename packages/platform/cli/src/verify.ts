import type { RoleCatalog } from './database/role-catalog.js';
import { ImportGraph } from './imports/import-graph.js';
import { ALL_RULES } from './rules/all-rules.js';
import type { Rule } from './rules/rule.js';
import { loadSqlParser } from './sql/sql-parser.js';
import { UsageError } from './usage-error.js';
import { sortViolations, type Violation } from './violations/violation.js';
import { readWorkspace } from './workspace/workspace.js';

export interface VerifyOptions {
  /** The workspace's root. */
  readonly root: string;
  /** Ids of the rules to check. Default: all. */
  readonly rules?: readonly string[];
  /** What a running database says about its roles; without it `own-schema-only-roles` is not checked. */
  readonly database?: RoleCatalog;
}

/** What was looked at, and what was found. */
export interface Verification {
  readonly violations: readonly Violation[];
  readonly rules: readonly Rule[];
  readonly packages: number;
  readonly modules: number;
  readonly files: number;
}

/**
 * Checks a workspace's boundaries from its sources. Every rule looks at everything, and all that they find is told at once.
 * @throws UsageError when the root holds no workspace, or a rule does not exist.
 */
export async function verify({ root, rules: ids, database }: VerifyOptions): Promise<Verification> {
  const rules = ids ? ids.map(ruleNamed) : ALL_RULES;
  await loadSqlParser();
  const workspace = readWorkspace(root);
  const evidence = { workspace, graph: new ImportGraph(workspace.members), database };
  return {
    violations: sortViolations(rules.flatMap((rule) => rule.check(evidence))),
    rules,
    packages: workspace.members.length,
    modules: workspace.members.filter(({ layer }) => layer === 'module').length,
    files: workspace.members.reduce((sum, { files }) => sum + files.length, 0),
  };
}

function ruleNamed(id: string): Rule {
  const rule = ALL_RULES.find((known) => known.id === id);
  if (!rule)
    throw new UsageError(`There is no rule '${id}'. The rules are: ${ALL_RULES.map(({ id }) => id).join(', ')}.`);
  return rule;
}
