import {
  compareSpecificity,
  type InstalledUi,
  matchPattern,
  type PageRoute,
  type PatternSegment,
  parsePattern,
  type RouteParameters,
  type ShellDocument,
} from '@macrolith/ui/manifest';

/** What an address leads to. */
export type Destination =
  | { readonly kind: 'home' }
  | {
      readonly kind: 'page';
      readonly ui: InstalledUi;
      readonly route: PageRoute;
      readonly params: RouteParameters;
    }
  /** An address below a module whose UI cannot be loaded at all. */
  | { readonly kind: 'failed-module'; readonly module: string }
  | { readonly kind: 'not-found' };

interface Entry {
  readonly ui: InstalledUi;
  readonly route: PageRoute;
  readonly pattern: readonly PatternSegment[];
}

/** All pages of all modules; the one whose path says most about an address wins. */
export class RouteTable {
  readonly #entries: readonly Entry[];
  readonly #failed: readonly string[];

  constructor({ modules }: ShellDocument) {
    this.#entries = modules
      .flatMap((ui) => (ui.kind === 'installed' ? ui.routes.map((route) => entryOf(ui, route)) : []))
      .sort((one, other) => compareSpecificity(one.pattern, other.pattern));
    this.#failed = modules.flatMap((ui) => (ui.kind === 'failed' ? [ui.module] : []));
  }

  find(pathname: string): Destination {
    if (pathname === '/' || pathname === '') return { kind: 'home' };
    for (const { ui, route, pattern } of this.#entries) {
      const params = matchPattern(pattern, pathname);
      if (params !== undefined) return { kind: 'page', ui, route, params };
    }
    const module = this.#failed.find((name) => pathname === `/${name}` || pathname.startsWith(`/${name}/`));
    return module === undefined ? { kind: 'not-found' } : { kind: 'failed-module', module };
  }
}

function entryOf(ui: InstalledUi, route: PageRoute): Entry {
  return { ui, route, pattern: parsePattern(route.path) };
}
