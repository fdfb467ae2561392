/** Knows which methods each served path takes, so that a wrong method is told from a wrong path. */
export class ServedPaths {
  private readonly methods = new Map<string, Set<string>>();
  private readonly patterns = new Map<string, RegExp>();

  /** @param url a route of the router's: `/products/:id`, `/assets/*`. */
  add(method: string | readonly string[], url: string): void {
    // A route for everything says nothing about any path.
    if (url === '*' || url === '/*') return;
    const methods = this.methods.get(url) ?? new Set();
    for (const one of typeof method === 'string' ? [method] : method) methods.add(one);
    this.methods.set(url, methods);
    this.patterns.set(url, toPattern(url));
  }

  /** The methods served at `path`, sorted; empty for an unknown path. */
  methodsAt(path: string): string[] {
    const matching = [...this.patterns].filter(([, pattern]) => pattern.test(path));
    const methods = new Set(matching.flatMap(([url]) => [...(this.methods.get(url) ?? [])]));
    return [...methods].sort();
  }
}

function toPattern(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+';
    return segment.split('*').map(literally).join('.*');
  });
  return new RegExp(`^${segments.join('/')}$`);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
