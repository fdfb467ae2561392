/** The address changed without a reload. The shell answers by showing the page of the new one. */
export class Navigated extends Event {
  static readonly type = 'ml-navigated';
  constructor(readonly replaced: boolean) {
    super(Navigated.type);
  }
}

/** Goes to another page of the shell: `navigate('/orders/42')`. `replace` leaves the current entry of the history out. */
export function navigate(path: string, options: { readonly replace?: boolean } = {}): void {
  const replace = options.replace ?? false;
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  window.dispatchEvent(new Navigated(replace));
}

declare global {
  interface WindowEventMap {
    'ml-navigated': Navigated;
  }
}
