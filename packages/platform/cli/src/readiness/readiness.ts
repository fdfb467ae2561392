import { readableSource } from '../rules/readable-source.js';
import type { Rule } from '../rules/rule.js';
import { loadSqlParser } from '../sql/sql-parser.js';
import { UsageError } from '../usage-error.js';
import { sortViolations, type Violation } from '../violations/violation.js';
import { moduleNamed } from '../workspace/module-named.js';
import type { Workspace } from '../workspace/workspace.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { ALL_READINESS_RULES } from './all-readiness-rules.js';
import { BOUNDARY_RULES, boundaryCrossings } from './boundary-crossings.js';
import { evidenceOf, type ReadinessEvidence } from './evidence.js';
import type { ReadinessLevel, ReadinessRule } from './readiness-rule.js';
import { RecordedCalls } from './recorded/recorded-calls.js';
import { type ActionTraffic, trafficOf } from './recorded/recorded-traffic.js';

export interface ReadinessOptions {
  /** The module that is to move out: its contract's name, its folder's or its package's. */
  readonly module: string;
  /** A file of recorded calls: JSON Lines, as `recordCalls` of @macrolith/testing writes them. */
  readonly calls?: string;
  /** Ids of the rules to ask. Default: all. */
  readonly rules?: readonly string[];
}

/** What stands in the way of a module that is to move out. */
export interface Readiness {
  readonly module: WorkspacePackage;
  /** What has to be changed first. None: the module is ready. */
  readonly obstacles: readonly Violation[];
  /** What works, and is good to know. */
  readonly notes: readonly Violation[];
  /** What was recorded of actions that the module takes part in; undefined when no recording was given. */
  readonly traffic: readonly ActionTraffic[] | undefined;
  /** Ids of the rules that were asked. */
  readonly rules: readonly string[];
}

type AnyRule = Pick<Rule, 'id'> & {
  readonly level: ReadinessRule['level'];
  check(evidence: ReadinessEvidence): Violation[];
};

const RULES: readonly AnyRule[] = [
  ...ALL_READINESS_RULES,
  // What cannot be parsed is not seen by the others, wherever it is.
  { id: readableSource.id, level: 'obstacle', check: (evidence) => readableSource.check(evidence) },
  ...BOUNDARY_RULES.map(
    (rule): AnyRule => ({
      id: rule.id,
      level: 'obstacle',
      check: (evidence) => boundaryCrossings(rule, evidence),
    }),
  ),
];

/**
 * Tells from the sources, and from recorded calls if there are any, what stands in the way of moving a module out.
 * @throws UsageError when the module, a rule or the recording does not exist
 */
export async function readiness(
  workspace: Workspace,
  { module: name, calls, rules: ids }: ReadinessOptions,
): Promise<Readiness> {
  const rules = ids ? ids.map(ruleNamed) : RULES;
  await loadSqlParser();
  const module = moduleNamed(name, workspace);
  const recorded = calls === undefined ? undefined : RecordedCalls.read(calls);
  const evidence = evidenceOf(workspace, module, recorded);
  const found = (level: ReadinessLevel) =>
    sortViolations(rules.filter((rule) => levelOf(rule, evidence) === level).flatMap((rule) => rule.check(evidence)));
  return {
    module,
    obstacles: found('obstacle'),
    notes: found('note'),
    traffic: recorded && trafficOf(recorded, module.manifest!.name),
    rules: rules.map(({ id }) => id),
  };
}

function levelOf({ level }: AnyRule, evidence: ReadinessEvidence): ReadinessLevel {
  return typeof level === 'function' ? level(evidence) : level;
}

function ruleNamed(id: string): AnyRule {
  const rule = RULES.find((known) => known.id === id);
  if (!rule) throw new UsageError(`There is no rule '${id}'. The rules are: ${RULES.map(({ id }) => id).join(', ')}.`);
  return rule;
}
