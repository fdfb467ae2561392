import { codeOfStatement } from './code-of-statement.js';
import { withoutLeadingComments } from './leading-comments.js';

/** Why a text does not run on a connection that all modules share, and what to do instead. */
export interface Refusal {
  readonly why: string;
  readonly remedy: string;
}

interface Rule extends Refusal {
  /** Is tried on the text without comments and strings. */
  readonly pattern: RegExp;
}

const ROLE = {
  why: 'the role and the settings of the connection belong to the platform, which sets them for each statement',
  remedy: "Leave them alone; what a module may touch is decided by its schema's grants.",
};

const STAYS = 'it would stay behind on the shared connection, where the next module finds it';

const RULES: readonly Rule[] = [
  { pattern: /^(set|reset|discard)\b/i, ...ROLE },
  {
    pattern: /\bset_config"?\s*\(/i,
    why: ROLE.why,
    remedy:
      'Pass what a statement needs as a parameter ($1). A function of your own of that name needs another name, and text between dollars that has it belongs into a parameter.',
  },
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
    pattern: /^create\s+(or\s+replace\s+)?((global|local)\s+)?temp(orary)?\b(?![\s\S]*\bon\s+commit\s+drop\b)/i,
    why: STAYS,
    remedy: 'Use a WITH query, or create it ON COMMIT DROP.',
  },
  {
    pattern: /(?<!\b(insert|merge)\s+)\binto\s+((global|local)\s+)?temp(orary)?\b(?!\s*\.)/i,
    why: STAYS,
    remedy:
      'Use a WITH query, or CREATE TEMP TABLE … ON COMMIT DROP AS. A variable or table named temp needs another name.',
  },
  {
    pattern: /^declare\b[\s\S]*\bwith\s+hold\b/i,
    why: STAYS,
    remedy: 'Read in pages, or leave out WITH HOLD: the cursor then ends with the transaction.',
  },
  {
    pattern: /\bpg_(try_)?advisory_(un)?lock(_shared|_all)?"?\s*\(/i,
    why: STAYS,
    remedy:
      'Use pg_advisory_xact_lock or pg_try_advisory_xact_lock: the transaction’s end releases it. Text between dollars that has the name belongs into a parameter.',
  },
];

export function refusalOf(text: string): Refusal | undefined {
  const code = codeOfStatement(text);
  // The body of a DO may be an ordinary string.
  const searched = /^do\b/i.test(code) ? withoutLeadingComments(text) : code;
  return RULES.find(({ pattern }) => pattern.test(searched));
}
