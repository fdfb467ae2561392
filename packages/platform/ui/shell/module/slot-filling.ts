import type { MlSlot, SlotRequest } from '@macrolith/ui';
import type { InstalledUi, ShellDocument, SlotContribution } from '@macrolith/ui/manifest';
import { MlModuleView } from './ml-module-view.js';

interface Contribution {
  readonly ui: InstalledUi;
  readonly contribution: SlotContribution;
}

const DEFAULT_ORDER = 100;

/** Answers every `<ml-slot>` of the page with the elements that modules contribute to it. */
export function fillSlots(target: EventTarget, { modules }: ShellDocument): void {
  const all = modules
    .flatMap((ui) => (ui.kind === 'installed' ? ui.slots.map((contribution) => ({ ui, contribution })) : []))
    .sort(byOrder);
  target.addEventListener('ml-slot-request', (event) => {
    const request = event as SlotRequest;
    request.stopPropagation();
    fill(
      request.place as MlSlot,
      all.filter(({ contribution }) => contribution.slot === request.slotName),
      request.context,
    );
  });
}

function fill(place: MlSlot, contributions: readonly Contribution[], context: Readonly<Record<string, unknown>>): void {
  const present = [...place.children].filter((child) => child instanceof MlModuleView);
  const isFilled =
    present.length === contributions.length &&
    present.every((view, index) => view.element === contributions[index]!.contribution.element);
  const views = isFilled ? present : contributions.map(viewOf);
  for (const view of views) view.values = { context };
  if (!isFilled) place.replaceChildren(...views);
}

function viewOf({ ui, contribution }: Contribution): MlModuleView {
  const view = new MlModuleView();
  view.ui = ui;
  view.element = contribution.element;
  view.compact = true;
  return view;
}

function byOrder(one: Contribution, other: Contribution): number {
  const order = (one.contribution.order ?? DEFAULT_ORDER) - (other.contribution.order ?? DEFAULT_ORDER);
  return order === 0 ? one.ui.module.localeCompare(other.ui.module) : order;
}
