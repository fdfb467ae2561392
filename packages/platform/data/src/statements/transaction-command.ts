import { withoutLeadingComments } from './leading-comments.js';

/** A statement that begins or ends a transaction or a savepoint. Only hand-made query runners send these. */
export type TransactionCommand =
  | { readonly kind: 'begin' }
  | { readonly kind: 'savepoint' }
  | { readonly kind: 'release' }
  | { readonly kind: 'rollback-to' }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' }
  | { readonly kind: 'isolation'; readonly level: string };

const COMMANDS: readonly (readonly [RegExp, Exclude<TransactionCommand['kind'], 'isolation'>])[] = [
  [/^(begin|start\s+transaction)\b/i, 'begin'],
  [/^savepoint\b/i, 'savepoint'],
  [/^release\b/i, 'release'],
  [/^rollback\s+(work\s+|transaction\s+)?to\b/i, 'rollback-to'],
  [/^(commit|end)\b/i, 'commit'],
  [/^(rollback|abort)\b/i, 'rollback'],
];
const ISOLATION = /^set\s+transaction\s+isolation\s+level\s+([a-z ]+?)\s*;?\s*$/i;

export function transactionCommandOf(text: string): TransactionCommand | undefined {
  const statement = withoutLeadingComments(text);
  const level = ISOLATION.exec(statement)?.[1];
  if (level !== undefined) return { kind: 'isolation', level: level.replace(/\s+/g, ' ').toUpperCase() };
  const kind = COMMANDS.find(([pattern]) => pattern.test(statement))?.[1];
  return kind === undefined ? undefined : { kind };
}
