import type { InstalledUi } from '@macrolith/ui/manifest';
import { ModuleFailure } from './module-failure.js';

/** Makes one of a module's elements; loads the module's script the first time. Throws a `ModuleFailure`. */
export async function makeElement(ui: InstalledUi, name: string): Promise<HTMLElement> {
  await loadScript(ui);
  const Element = customElements.get(name);
  if (Element === undefined) throw ModuleFailure.notDefined(ui.module, name);
  try {
    return new Element();
  } catch (error) {
    throw ModuleFailure.broken(ui.module, error);
  }
}

/** The browser keeps a script that was loaded; one that could not be fetched is fetched again. */
async function loadScript({ module, entry }: InstalledUi): Promise<void> {
  try {
    await import(/* @vite-ignore */ entry);
  } catch (error) {
    throw ModuleFailure.notLoaded(module, error);
  }
}

/**
 * Puts an element into the page. A browser reports what its `connectedCallback` throws to the window instead of throwing
 * it on, so the report is caught here: it is made while `prepend` runs.
 */
export function connect(element: HTMLElement, place: Element, module: string): void {
  let thrown: { readonly error: unknown } | undefined;
  const catchReport = (event: ErrorEvent) => {
    thrown = { error: event.error };
    event.preventDefault();
  };
  window.addEventListener('error', catchReport);
  try {
    // Before what the place renders itself: Lit owns everything behind its marker.
    place.prepend(element);
  } finally {
    window.removeEventListener('error', catchReport);
  }
  if (thrown === undefined) return;
  element.remove();
  throw ModuleFailure.broken(module, thrown.error);
}
