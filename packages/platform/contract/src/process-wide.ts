/** One value for the whole process, however many copies of this package are loaded. */
export function processWide<T>(name: string, make: () => T): T {
  const shared = globalThis as Record<symbol, unknown>;
  const key = Symbol.for(name);
  if (!(key in shared)) shared[key] = make();
  return shared[key] as T;
}
