import { endOfBlock, endOfLine } from './leading-comments.js';

const WORD_CHARACTER = String.raw`[\w$\u0080-\uffff]`;
const OPENING = new RegExp(
  String.raw`--|/\*|'|"|(?<!${WORD_CHARACTER})\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$`,
  'gi',
);
const ESCAPE_STRING = new RegExp(`(?<!${WORD_CHARACTER})e$`, 'i');
const PLAIN_NAME = /^"\w+"$/;

/**
 * What of a text PostgreSQL reads as code: comments become a blank, strings and quoted names that are not one word
 * become empty ones. What stands between dollars stays, because it is mostly the body of a `DO`.
 */
export function codeOfStatement(text: string): string {
  let code = '';
  let at = 0;
  for (;;) {
    OPENING.lastIndex = at;
    const opening = OPENING.exec(text);
    if (opening === null) return (code + text.slice(at)).trimStart();
    code += text.slice(at, opening.index);
    at = endOf(text, opening.index, opening[0]);
    code += replacementOf(text.slice(opening.index, at), opening[0]);
  }
}

function endOf(text: string, from: number, opening: string): number {
  if (opening === '--') return endOfLine(text, from);
  if (opening === '/*') return endOfBlock(text, from);
  if (opening === "'" && ESCAPE_STRING.test(text.slice(Math.max(0, from - 2), from)))
    return endOfEscapeString(text, from);
  // A doubled quote ends one string and begins the next, which comes to the same.
  const end = text.indexOf(opening, from + opening.length);
  return end === -1 ? text.length : end + opening.length;
}

/** In E'…' a backslash keeps the next character, a quote among them, inside. */
function endOfEscapeString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; ) {
    if (text[at] === '\\' || text.startsWith("''", at)) at += 2;
    else if (text[at] === "'") return at + 1;
    else at += 1;
  }
  return text.length;
}

function replacementOf(part: string, opening: string): string {
  if (opening === '--' || opening === '/*') return ' ';
  if (opening === "'") return "''";
  if (opening === '"') return PLAIN_NAME.test(part) ? part : '""';
  return part;
}
