import type { HeldPrivilege, RoleCatalog, RoleMembership } from '../database/role-catalog.js';
import { loginRole, moduleRoles } from '../database/role-names.js';
import { ownSchema } from '../sql/module-sql.js';
import type { Violation } from '../violations/violation.js';
import { modulesOf } from '../workspace/workspace.js';
import type { WorkspacePackage } from '../workspace/workspace-package.js';
import { type Finding, type Rule, violationOf } from './rule.js';

/** In the database itself, a module's roles reach the module's schema and nothing else. */
export const ownSchemaOnlyRoles: Rule = {
  id: 'own-schema-only-roles',
  title:
    "In the database, each module's role may touch its own schema only, and the login role may touch nothing by itself.",
  why: `The grants are the wall that holds at run time, inside a shared transaction too. A grant that somebody added by hand opens it without a
line of code. Checked when --database names a database; its roles are <db>_<module>, <db>_<module>_owner and the login <db>_app.`,
  remedy: 'Revoke it, and let the platform provision the roles.',

  check({ workspace, database }) {
    if (!database) return [];
    const modules = modulesOf(workspace).filter(({ manifest }) => manifest !== undefined);
    return [
      ...modules.flatMap((member) => moduleFaults(member, database).map((fault) => placed(member, fault))),
      ...loginFaults(modules, database).map(placedAtRoot),
    ];
  },
};

type Fault = Pick<Finding, 'subject' | 'message' | 'remedy'>;

/** What the database says is wrong has no line of its own: it is told where the module declares its schema. */
function placed(member: WorkspacePackage, fault: Fault): Violation {
  const { file, position } = member.manifest!;
  return violationOf(ownSchemaOnlyRoles, { member, file: file.path, position, ...fault });
}

/** The login role is the whole workspace's. */
function placedAtRoot(fault: Fault): Violation {
  return violationOf(ownSchemaOnlyRoles, {
    member: { layer: 'platform', manifest: undefined },
    file: 'pnpm-workspace.yaml',
    position: { line: 1, column: 1 },
    ...fault,
  });
}

function moduleFaults(member: WorkspacePackage, catalog: RoleCatalog): Fault[] {
  const schema = ownSchema(member);
  const { runtime, owner } = moduleRoles(catalog.database, member.manifest!.name);
  const own = catalog.schemas.find(({ name }) => name === schema);
  if (!own) return keepsNothing(member) ? [] : [absent(`the schema ${schema}`, catalog)];

  const missing = [runtime, owner].filter((role) => !catalog.roles.some(({ name }) => name === role));
  return [
    ...missing.map((role) => absent(`the role ${role}`, catalog)),
    ...(own.owner === owner ? [] : [wrongOwner(schema, own.owner, owner)]),
    ...[runtime, owner].flatMap((role) => [
      ...powers(role, catalog),
      ...strayGrants(heldBy(role, catalog).filter((held) => held.schema !== schema)),
      ...strayMemberships(catalog.memberships.filter(({ member }) => member === role)),
    ]),
    ...heldBy(runtime, catalog)
      .filter((held) => held.schema === schema && isOfOwnersOnly(held))
      .map(tooMuchAtHome),
  ];
}

/** A module whose `/local` declares no `database(…)` has no tables, so no schema is made for it. */
function keepsNothing({ files }: WorkspacePackage): boolean {
  const local = files.find(({ pathInPackage }) => pathInPackage === 'src/local.ts');
  return local !== undefined && !/\bdatabase\(/.test(local.text);
}

function loginFaults(modules: readonly WorkspacePackage[], catalog: RoleCatalog): Fault[] {
  const login = loginRole(catalog.database);
  const role = catalog.roles.find(({ name }) => name === login);
  if (modules.length === 0) return [];
  if (!role) return [absent(`the login role ${login}`, catalog)];
  return [
    ...powers(login, catalog),
    ...(role.inherits ? [inheriting(login)] : []),
    ...strayGrants(heldBy(login, catalog)),
    ...catalog.memberships.filter(({ member, inherits }) => member === login && inherits).map(inheritedMembership),
  ];
}

/** A superuser holds everything: that it is one says it all. */
function heldBy(role: string, { privileges, roles }: RoleCatalog): HeldPrivilege[] {
  if (roles.some(({ name, powers }) => name === role && powers.includes('SUPERUSER'))) return [];
  return privileges.filter((held) => held.role === role);
}

/** Rights that change the schema itself are for migrations, which run as its owner. */
function isOfOwnersOnly({ privilege, on }: HeldPrivilege): boolean {
  return privilege === 'TRIGGER' || privilege === 'REFERENCES' || (privilege === 'CREATE' && on.startsWith('schema '));
}

function absent(what: string, { database }: RoleCatalog): Fault {
  return {
    subject: what,
    message: `The database ${database} does not have ${what}.`,
    remedy: 'Start the shell against this database once, so that it is provisioned, or name another with --database.',
  };
}

function wrongOwner(schema: string, actual: string, expected: string): Fault {
  return {
    subject: `owner of ${schema}`,
    message: `The schema ${schema} belongs to ${actual} instead of ${expected}.`,
    remedy: `ALTER SCHEMA ${schema} OWNER TO ${expected};`,
  };
}

function powers(role: string, { roles }: RoleCatalog): Fault[] {
  return (roles.find(({ name }) => name === role)?.powers ?? []).map((power) => ({
    subject: `${role} ${power}`,
    message: `The role ${role} has ${power}, which steps over every grant.`,
    remedy: `ALTER ROLE ${role} NO${power};`,
  }));
}

function strayGrants(privileges: readonly HeldPrivilege[]): Fault[] {
  return privileges.map(({ role, privilege, on }) => ({
    subject: `${role} ${privilege} ${on}`,
    message: `The role ${role} has ${privilege} on ${on}, which is not its own.`,
    remedy: `REVOKE ${privilege} ON ${on} FROM ${role}; if it holds it through PUBLIC, FROM PUBLIC.`,
  }));
}

function strayMemberships(memberships: readonly RoleMembership[]): Fault[] {
  return memberships.map(({ member, role }) => ({
    subject: `${member} member of ${role}`,
    message: `The role ${member} is a member of ${role}, and may become it.`,
    remedy: `REVOKE ${role} FROM ${member};`,
  }));
}

function tooMuchAtHome({ role, privilege, on }: HeldPrivilege): Fault {
  return {
    subject: `${role} ${privilege} ${on}`,
    message: `The role ${role} has ${privilege} on ${on}: the schema is changed by migrations, under the owner's role, only.`,
    remedy: `REVOKE ${privilege} ON ${on} FROM ${role};`,
  };
}

function inheriting(login: string): Fault {
  return {
    subject: `${login} INHERIT`,
    message: `The login role ${login} inherits, so that a new membership gives it the rights of a module at once.`,
    remedy: `ALTER ROLE ${login} NOINHERIT;`,
  };
}

function inheritedMembership({ member, role }: RoleMembership): Fault {
  return {
    subject: `${member} inherits ${role}`,
    message: `The login role ${member} has the rights of ${role} without SET ROLE: statements of every module run with them.`,
    remedy: `GRANT ${role} TO ${member} WITH INHERIT FALSE, SET TRUE;`,
  };
}
