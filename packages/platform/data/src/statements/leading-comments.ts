/** The text from its first word on: blanks and comments in front of a statement hide nothing. */
export function withoutLeadingComments(text: string): string {
  let at = 0;
  for (;;) {
    while (at < text.length && text[at]!.trim() === '') at += 1;
    if (text.startsWith('--', at)) at = endOfLine(text, at);
    else if (text.startsWith('/*', at)) at = endOfBlock(text, at);
    else return text.slice(at);
  }
}

export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

/** Block comments nest in PostgreSQL. */
export function endOfBlock(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    if (text.startsWith('/*', at)) depth += 1;
    else if (text.startsWith('*/', at)) depth -= 1;
    else {
      at += 1;
      continue;
    }
    at += 2;
    if (depth === 0) return at;
  }
  return text.length;
}
