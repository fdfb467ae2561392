/** An element could not render itself. The place that holds it shows the error instead, and only there. */
export class ElementFailed extends Event {
  static readonly type = 'ml-element-failed';
  constructor(readonly error: unknown) {
    super(ElementFailed.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ml-element-failed': ElementFailed;
  }
}
