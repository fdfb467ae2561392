/**
 * `Link: <…?cursor=…>; rel="next"` (RFC 8288) for one page of a list: the request's own target with the next cursor.
 * `undefined` when the answer is no page or the last one.
 */
export function nextLink(requestTarget: string, answer: unknown): string | undefined {
  const cursor = cursorOf(answer);
  if (cursor === undefined) return undefined;
  const [path = '/', query = ''] = requestTarget.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `<${path}?${parameters}>; rel="next"`;
}

function cursorOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { items, nextCursor } = answer as { items?: unknown; nextCursor?: unknown };
  return Array.isArray(items) && typeof nextCursor === 'string' ? nextCursor : undefined;
}
