import { withoutLeadingComments } from './leading-comments.js';

/** Why a text does not run on a connection that all modules share, and what to do instead. */
export interface Refusal {
  readonly why: string;
  readonly remedy: string;
}

interface Rule extends Refusal {
  readonly pattern: RegExp;
  /** Search the whole text, not only its beginning. */
  readonly anywhere?: boolean;
}

const ROLE = {
  why: 'the role and the settings of the connection belong to the platform, which sets them for each statement',
  remedy: "Leave them alone; what a module may touch is decided by its schema's grants.",
};

const STAYS = 'it would stay behind on the shared connection, where the next module finds it';

const RULES: readonly Rule[] = [
  { pattern: /^(set|reset|discard)\b/i, ...ROLE },
  { pattern: /\bset_config\s*\(\s*'(role|session_authorization)'/i, anywhere: true, ...ROLE },
  {
    pattern: /^(commit|rollback)\s+prepared\b|^prepare\s+transaction\b/i,
    why: 'two-phase commit would take the transaction away from its unit of work',
    remedy: 'Let the unit of work commit.',
  },
  {
    pattern: /^(prepare|execute|deallocate)\b/i,
    why: STAYS,
    remedy: 'Send the statement itself: the platform prepares what comes again.',
  },
  {
    pattern: /^(listen|unlisten)\b/i,
    why: STAYS,
    remedy: 'Subscribe to events, or listen on a connection of your own.',
  },
  { pattern: /^load\b/i, why: STAYS, remedy: 'Load libraries in the server’s configuration.' },
  {
    pattern: /^create\s+((global|local)\s+)?temp(orary)?\b(?![\s\S]*\bon\s+commit\s+drop\b)/i,
    why: STAYS,
    remedy: 'Use a WITH query, or create it ON COMMIT DROP.',
  },
  {
    pattern: /\bpg_(try_)?advisory_(un)?lock(_shared|_all)?\s*\(/i,
    anywhere: true,
    why: STAYS,
    remedy: 'Use pg_advisory_xact_lock: the transaction’s end releases it.',
  },
];

export function refusalOf(text: string): Refusal | undefined {
  const statement = withoutLeadingComments(text);
  return RULES.find(({ pattern, anywhere }) => pattern.test(anywhere === true ? text : statement));
}
