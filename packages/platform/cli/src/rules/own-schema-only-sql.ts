import { moduleSql, ownSchema } from '../sql/module-sql.js';
import type { SqlFinding } from '../sql/sql-inspection.js';
import { modulesOf, type Workspace } from '../workspace/workspace.js';
import { ownerOf, type WorkspacePackage } from '../workspace/workspace-package.js';
import { type Finding, type Rule, violationOf } from './rule.js';

/** A module's SQL stays in the module's schema. */
export const ownSchemaOnlySql: Rule = {
  id: 'own-schema-only-sql',
  title: "A module's SQL names its own schema and pg_catalog, and nothing else.",
  why: `A table has one owner, who may change it on any day. A statement that reads another module's table is a dependency that no contract
declares, no compiler sees and no extraction survives; at run time it fails with 42501. SQL is read by PostgreSQL's own parser, in
query(…), query builders, migrations, decorators and .sql files, so it must be readable: constant text, with values as parameters. Role
and search_path decide whose tables are meant, and are the platform's to set.`,
  remedy: 'Ask the module that owns the data: call its port, or keep your own copy from its events.',

  check({ workspace }) {
    return modulesOf(workspace).flatMap((member) =>
      moduleSql(member).flatMap((finding) => {
        const told = tell(finding, member, workspace);
        if (!told) return [];
        const { file, offset } = finding.place;
        return [violationOf(ownSchemaOnlySql, { member, file: file.path, position: file.positionOf(offset), ...told })];
      }),
    );
  },
};

type Told = Pick<Finding, 'subject' | 'message' | 'remedy'>;

function tell(finding: SqlFinding, member: WorkspacePackage, workspace: Workspace): Told | undefined {
  switch (finding.kind) {
    case 'foreign-schema':
      return tellForeignSchema(finding, member, workspace);
    case 'session':
      return {
        subject: finding.what,
        message: `${member.name} runs ${finding.what}: role and search_path are the platform's to set.`,
        remedy: `Take it out, and name the schema in the statement: ${ownSchema(member)}.<table>.`,
      };
    case 'unparseable':
      return {
        subject: `unparseable: ${finding.what}`,
        message: `${member.name} holds SQL that PostgreSQL cannot parse: ${finding.what}.`,
        remedy:
          'Correct the statement. If it is no SQL, or another dialect, keep it away from query(…) and query builders.',
      };
    case 'computed':
      return {
        subject: `computed: ${finding.what}`,
        message: `${member.name} puts SQL together at run time: nobody can tell what \`${finding.what}\` will name.`,
        remedy:
          'Write the statement as a constant and pass values as parameters ($1; `= any($1)` and unnest($1) for lists). Choose between constants where the text must vary.',
      };
    default:
      return undefined;
  }
}

function tellForeignSchema({ what, schema }: SqlFinding, member: WorkspacePackage, workspace: Workspace): Told {
  const owner = modulesOf(workspace).find((other) => other !== member && ownSchema(other) === schema);
  if (!owner) {
    return {
      subject: what,
      message: `${member.name} names ${what}, outside its own schema '${ownSchema(member)}'.`,
      remedy: `Name only what lies in ${ownSchema(member)} or pg_catalog.`,
    };
  }
  return {
    subject: what,
    message: `${member.name} names ${what} in its SQL, which belongs to ${owner.name} (${ownerOf(owner)}).`,
    remedy: `Call the port of ${owner.name}, or keep your own copy from its events. If it is always read together, is the boundary in the right place?`,
  };
}
