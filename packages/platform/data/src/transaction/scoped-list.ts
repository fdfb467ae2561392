import type { Scope } from './scope.js';

/** A list whose items share the fate of the scope that they were added in. */
export class ScopedList<T> {
  private entries: { readonly scope: Scope; readonly item: T }[] = [];

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  add(scope: Scope, item: T): void {
    this.entries.push({ scope, item });
  }

  /** Forgets what was added in `scope` and in the scopes inside it. */
  drop(scope: Scope): void {
    if (this.entries.length > 0) this.entries = this.entries.filter((entry) => !scope.contains(entry.scope));
  }

  /** Hands out all items in the order in which they were added, and is empty. */
  take(): T[] {
    const items = this.entries.map(({ item }) => item);
    this.entries = [];
    return items;
  }
}
