import { moduleSql, ownSchema } from '../sql/module-sql.js';
import { modulesOf } from '../workspace/workspace.js';
import { type Rule, violationOf } from './rule.js';

/** A module's SQL says which schema it means. */
export const schemaQualifiedSql: Rule = {
  id: 'schema-qualified-sql',
  title: "Every table in a module's SQL is named with its schema.",
  why: `All modules share connections. Which table a bare name means depends on the search_path of the session that happens to run it, which
may be another module's or none.`,
  remedy: "Write the module's schema before the table's name.",

  check({ workspace }) {
    return modulesOf(workspace).flatMap((member) =>
      moduleSql(member)
        .filter(({ kind }) => kind === 'unqualified')
        .map(({ what, place: { file, offset } }) =>
          violationOf(schemaQualifiedSql, {
            member,
            file: file.path,
            position: file.positionOf(offset),
            subject: what,
            message: `${member.name} names the table ${what} without a schema.`,
            remedy: `Write ${ownSchema(member)}.${what}.`,
          }),
        ),
    );
  },
};
