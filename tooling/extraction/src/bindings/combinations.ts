/** The modules of the shop that move out one after the other, in the order in which they do. */
export const EXTRACTED = ['notifications', 'inventory', 'payments'] as const;

/** Which of the modules are elsewhere. */
export type Combination = readonly string[];

/** Every way to bind `modules`, from none elsewhere to all of them. */
export function everyCombination([...modules]: readonly string[]): readonly Combination[] {
  const last = modules.pop();
  if (last === undefined) return [[]];
  const without = everyCombination(modules);
  return [...without, ...without.map((combination) => [...combination, last])];
}

export function nameOf(combination: Combination): string {
  return combination.length === 0 ? 'none' : combination.join(', ');
}
