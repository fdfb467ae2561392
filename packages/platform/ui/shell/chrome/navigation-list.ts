import type { IconName, ShellDocument } from '@macrolith/ui/manifest';

/** One line of the side navigation, and one card of the home page. */
export interface NavigationItem {
  readonly module: string;
  readonly label: string;
  readonly icon: IconName;
  readonly path: string;
  readonly description: string | undefined;
  /** The module's UI cannot be loaded. */
  readonly isFailed: boolean;
}

const DEFAULT_ORDER = 100;

/** All modules' entries in their order. A module that cannot be loaded stays visible, so that nobody looks for it in vain. */
export function navigationOf({ modules }: ShellDocument): readonly NavigationItem[] {
  const entries = modules.flatMap((ui) =>
    ui.kind === 'failed'
      ? [{ order: DEFAULT_ORDER, item: failedItem(ui.module) }]
      : ui.navigation.map(({ label, icon, path, description, order }) => ({
          order: order ?? DEFAULT_ORDER,
          item: { module: ui.module, label, icon, path, description, isFailed: false },
        })),
  );
  return entries
    .sort((one, other) => one.order - other.order || one.item.label.localeCompare(other.item.label))
    .map(({ item }) => item);
}

/** The entry that the reader is in: the longest one that the address begins with. */
export function activeItem(items: readonly NavigationItem[], pathname: string): NavigationItem | undefined {
  return items
    .filter(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
    .sort((one, other) => other.path.length - one.path.length)[0];
}

/** `stock-keeper` as `Stock keeper`, where nothing better is known. */
export function moduleLabel(module: string): string {
  return module.charAt(0).toUpperCase() + module.slice(1).replaceAll('-', ' ');
}

function failedItem(module: string): NavigationItem {
  return {
    module,
    label: moduleLabel(module),
    icon: 'triangle-alert',
    path: `/${module}`,
    description: 'This module could not be loaded.',
    isFailed: true,
  };
}
