import type { RoleCatalog } from '../database/role-catalog.js';
import type { ImportGraph } from '../imports/import-graph.js';
import type { Position } from '../syntax/position.js';
import type { Violation } from '../violations/violation.js';
import type { Workspace } from '../workspace/workspace.js';
import { ownerOf, type WorkspacePackage } from '../workspace/workspace-package.js';

/** What a rule looks at. */
export interface Evidence {
  readonly workspace: Workspace;
  readonly graph: ImportGraph;
  /** What a database says about its roles; undefined when none was named. */
  readonly database: RoleCatalog | undefined;
}

/** One boundary, and how a crossing is found. A rule keeps no state: it is a function of the evidence. */
export interface Rule {
  readonly id: string;
  /** What holds when the rule is kept, in one sentence. */
  readonly title: string;
  /** The question of design behind it, for the reference. */
  readonly why: string;
  /** What to do, for the reference; a violation may know better. */
  readonly remedy: string;
  check(evidence: Evidence): Violation[];
}

/** What a rule found, before it is placed and signed. */
export interface Finding {
  /** Who answers for it. */
  readonly member: Pick<WorkspacePackage, 'manifest' | 'layer'>;
  /** Relative to the workspace's root. */
  readonly file: string;
  readonly position: Position;
  readonly subject: string;
  readonly message: string;
  /** Default: the rule's. */
  readonly remedy?: string;
}

export const REFERENCE_URL = 'https://github.com/macrolith/macrolith/blob/main/docs/reference/boundary-rules.md';

export function violationOf(rule: Pick<Rule, 'id' | 'remedy'>, finding: Finding): Violation {
  return {
    rule: rule.id,
    file: finding.file,
    line: finding.position.line,
    column: finding.position.column,
    owner: ownerOf(finding.member),
    subject: finding.subject,
    message: finding.message,
    remedy: finding.remedy ?? rule.remedy,
    link: `${REFERENCE_URL}#${rule.id}`,
  };
}
