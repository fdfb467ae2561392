/** One ring of nodes, and the link whose removal costs least. */
export interface Cycle {
  /** `from → to` */
  readonly weakest: string;
  /** From the weakest link's begin round to it again: first and last are the same. */
  readonly path: readonly string[];
}

const ARROW = ' → ';

/**
 * The links to cut until no ring is left, each with a shortest ring that it closes. Of the links in rings the lightest is cut
 * first, by name when weights are equal: a small set, not always the smallest (that problem is NP-hard: minimum feedback arc set).
 * @param weights by link, written `from → to`
 */
export function cyclesOf(weights: ReadonlyMap<string, number>): Cycle[] {
  const remaining = new Map(weights);
  const cycles: Cycle[] = [];
  for (;;) {
    const inRing = linksInRings([...remaining.keys()]);
    const [weakest] = inRing.sort((a, b) => remaining.get(a)! - remaining.get(b)! || (a < b ? -1 : 1));
    if (weakest === undefined) return cycles;
    cycles.push({ weakest, path: ringThrough(weakest, inRing) });
    remaining.delete(weakest);
  }
}

/** The links whose both ends lie in the same strongly connected component. */
function linksInRings(links: readonly string[]): string[] {
  const component = components(links);
  return links.filter((link) => {
    const [from, to] = ends(link);
    return component.get(from) === component.get(to);
  });
}

function ends(link: string): [from: string, to: string] {
  const [from, to] = link.split(ARROW);
  return [from!, to!];
}

function neighbours(links: readonly string[], direction: 'forth' | 'back'): Map<string, string[]> {
  const next = new Map<string, string[]>();
  for (const link of links) {
    const [from, to] = direction === 'forth' ? ends(link) : ends(link).reverse();
    next.set(from!, [...(next.get(from!) ?? []), to!]);
  }
  return next;
}

/** Kosaraju: nodes in the order in which a search leaves them, then searched backwards from the last. */
function components(links: readonly string[]): Map<string, string> {
  const forth = neighbours(links, 'forth');
  const order: string[] = [];
  const seen = new Set<string>();
  for (const node of forth.keys()) leave(node, forth, seen, order);

  const back = neighbours(links, 'back');
  const component = new Map<string, string>();
  for (const node of order.reverse()) {
    const reached: string[] = [];
    leave(node, back, new Set(component.keys()), reached);
    for (const member of reached) component.set(member, node);
  }
  return component;
}

/** Appends everything reachable from a node that was not seen yet, each after what it leads to. */
function leave(node: string, next: ReadonlyMap<string, string[]>, seen: Set<string>, order: string[]): void {
  if (seen.has(node)) return;
  seen.add(node);
  for (const neighbour of next.get(node) ?? []) leave(neighbour, next, seen, order);
  order.push(node);
}

/** A shortest way from the link's end back to its begin. */
function ringThrough(link: string, links: readonly string[]): string[] {
  const [from, to] = ends(link);
  const next = neighbours(links, 'forth');
  const ways: string[][] = [[to]];
  const seen = new Set([to]);
  for (const way of ways) {
    const last = way.at(-1)!;
    if (last === from) return [from, ...way];
    for (const neighbour of next.get(last) ?? []) {
      if (seen.has(neighbour)) continue;
      seen.add(neighbour);
      ways.push([...way, neighbour]);
    }
  }
  return [from, to];
}
