/** The modules of the shop that move out one after the other, in the order in which they do. */
export const EXTRACTED = ['notifications', 'inventory', 'payments'] as const;

/** Which of the modules are elsewhere. */
export type Combination = readonly string[];

/** Every way to bind `modules`, from none elsewhere to all of them. */
export function everyCombination(modules: readonly string[]): readonly Combination[] {
  return modules.reduce<readonly Combination[]>(
    (combinations, module) => [...combinations, ...combinations.map((combination) => [...combination, module])],
    [[]],
  );
}

export function nameOf(combination: Combination): string {
  return combination.length === 0 ? 'none' : combination.join(', ');
}
