import { type Import, reachedMember } from '../imports/import-graph.js';
import { onlyAppsBind } from '../rules/only-apps-bind.js';
import { ownSchemaOnlyEntities } from '../rules/own-schema-only-entities.js';
import { ownSchemaOnlySql } from '../rules/own-schema-only-sql.js';
import { publicIndexOnly } from '../rules/public-index-only.js';
import type { Rule } from '../rules/rule.js';
import { moduleSql, ownSchema } from '../sql/module-sql.js';
import type { SourcePlace } from '../sql/sql-text.js';
import type { Violation } from '../violations/violation.js';
import { modulesOf } from '../workspace/workspace.js';
import type { ReadinessEvidence } from './evidence.js';

/** The boundaries without which a module cannot leave: those of imports, and those of data. */
export const BOUNDARY_RULES: readonly Rule[] = [publicIndexOnly, onlyAppsBind, ownSchemaOnlySql, ownSchemaOnlyEntities];

/** Where those boundaries are crossed into the module or out of it. What others do to each other is not told. */
export function boundaryCrossings(rule: Rule, evidence: ReadinessEvidence): Violation[] {
  const { module } = evidence;
  const atHome = `${module.folder}/`;
  const reaching = placesThatReach(evidence);
  return rule
    .check(evidence)
    .filter(
      ({ file, line, column, message }) =>
        file.startsWith(atHome) || reaching.has(keyOf(file, line, column)) || names(message, module.name),
    );
}

/** Where others import from the module, or name its schema. */
function placesThatReach({ graph, workspace, module }: ReadinessEvidence): ReadonlySet<string> {
  const imports = graph.imports
    .filter((edge) => reachedMember(edge) === module)
    .map(({ from, position }: Import) => keyOf(from.path, position.line, position.column));
  const statements = modulesOf(workspace)
    .filter((member) => member !== module)
    .flatMap((member) => moduleSql(member))
    .filter(({ schema }) => schema === ownSchema(module))
    .map(({ place }) => keyOfPlace(place));
  return new Set([...imports, ...statements]);
}

/** A relation to an entity stands elsewhere than its import: the violation names the package. */
function names(message: string, packageName: string): boolean {
  return message.split(/[\s,.']+(?=\s|$)|[\s']/).includes(packageName);
}

function keyOfPlace({ file, offset }: SourcePlace): string {
  const { line, column } = file.positionOf(offset);
  return keyOf(file.path, line, column);
}

function keyOf(file: string, line: number, column: number): string {
  return `${file}:${line}:${column}`;
}
