import { compatibleWorkspaceRanges } from './compatible-workspace-ranges.js';
import { declaredDependenciesOnly } from './declared-dependencies-only.js';
import { layers } from './layers.js';
import { moduleHasOwner } from './module-has-owner.js';
import { noCycles } from './no-cycles.js';
import { noTypeOnlyInjection } from './no-type-only-injection.js';
import { onlyAppsBind } from './only-apps-bind.js';
import { ownSchemaOnlyEntities } from './own-schema-only-entities.js';
import { ownSchemaOnlyRoles } from './own-schema-only-roles.js';
import { ownSchemaOnlySql } from './own-schema-only-sql.js';
import { publicIndexIsPublic } from './public-index-is-public.js';
import { publicIndexOnly } from './public-index-only.js';
import { readableSource } from './readable-source.js';
import type { Rule } from './rule.js';
import { schemaQualifiedSql } from './schema-qualified-sql.js';
import { singleCopyPeers } from './single-copy-peers.js';

/** Every rule, in the order in which the reference explains them. */
export const ALL_RULES: readonly Rule[] = [
  publicIndexOnly,
  onlyAppsBind,
  publicIndexIsPublic,
  declaredDependenciesOnly,
  layers,
  noCycles,
  ownSchemaOnlySql,
  schemaQualifiedSql,
  ownSchemaOnlyEntities,
  ownSchemaOnlyRoles,
  moduleHasOwner,
  noTypeOnlyInjection,
  singleCopyPeers,
  compatibleWorkspaceRanges,
  readableSource,
];
