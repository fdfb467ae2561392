import type { Scope, SentStatement } from './scope.js';

/** The open command right inside `scope`: the one that whoever waits in `scope` waits for. */
export function openInside(scope: Scope): Scope | undefined {
  let open: Scope | undefined = scope.session.innermost;
  while (open !== undefined && open.parent !== scope) open = open.parent;
  return open;
}

/** What the open command inside `scope`, or one inside that, sent last. */
export function lastSentInside(scope: Scope): SentStatement | undefined {
  let open: Scope | undefined = scope.session.innermost;
  while (open !== undefined && open !== scope && open.lastSent === undefined) open = open.parent;
  return open === scope ? undefined : open?.lastSent;
}
