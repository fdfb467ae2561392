/** What distinguishes one generated module from the next. */
export interface ModulePlan {
  /** Also its schema. */
  readonly name: string;
  /** Positions of the modules that it uses; all come before it. */
  readonly uses: readonly number[];
}

/** Modules that use one or two others each, near and far. The first uses none. */
export function planModules(count: number): readonly ModulePlan[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `part${String(index).padStart(3, '0')}`,
    uses: index === 0 ? [] : [...new Set([index - 1, index >> 1])],
  }));
}
