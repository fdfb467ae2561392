import { type Finding, REFERENCE_URL, type Rule, violationOf } from '../rules/rule.js';
import type { Violation } from '../violations/violation.js';
import type { ReadinessEvidence } from './evidence.js';

/**
 * - `obstacle`: after the move it would be refused, would mean something else, or would be much slower.
 * - `note`: it works, and whoever moves the module wants to know.
 */
export type ReadinessLevel = 'obstacle' | 'note';

/** One question that is asked before a module moves out. A function of the evidence, like every rule. */
export interface ReadinessRule extends Pick<Rule, 'id' | 'title' | 'why' | 'remedy'> {
  /** The same in every workspace, or by what is in this one. */
  readonly level: ReadinessLevel | ((evidence: ReadinessEvidence) => ReadinessLevel);
  check(evidence: ReadinessEvidence): Violation[];
}

export const READINESS_URL = REFERENCE_URL.replace('boundary-rules', 'readiness-rules');

export function readinessFinding(rule: Pick<ReadinessRule, 'id' | 'remedy'>, finding: Finding): Violation {
  return { ...violationOf(rule, finding), link: `${READINESS_URL}#${rule.id}` };
}
