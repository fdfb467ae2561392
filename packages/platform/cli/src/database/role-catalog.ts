/** What pg_catalog says about the roles of one database; read at the rim, so that the rule on it stays a function of values. */
export interface RoleCatalog {
  /** The database's name, the first part of every role's name. */
  readonly database: string;
  readonly roles: readonly DatabaseRole[];
  readonly schemas: readonly DatabaseSchema[];
  readonly privileges: readonly HeldPrivilege[];
  readonly memberships: readonly RoleMembership[];
}

export interface DatabaseRole {
  readonly name: string;
  readonly canLogin: boolean;
  readonly inherits: boolean;
  /** Attributes that step over every grant, e.g. `SUPERUSER`. */
  readonly powers: readonly string[];
}

export interface DatabaseSchema {
  readonly name: string;
  readonly owner: string;
}

/** Something that a role may do by itself or by what it inherits, PUBLIC's grants included. */
export interface HeldPrivilege {
  readonly role: string;
  readonly schema: string;
  /** e.g. `SELECT` */
  readonly privilege: string;
  /** e.g. `table inventory.stock`, `schema inventory` */
  readonly on: string;
}

export interface RoleMembership {
  readonly member: string;
  readonly role: string;
  /** Whether the member has the role's rights without SET ROLE. */
  readonly inherits: boolean;
  readonly mayAdminister: boolean;
}
