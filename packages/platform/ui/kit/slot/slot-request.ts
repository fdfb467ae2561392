/** A slot came into a page: the shell answers by filling `place` with what modules contribute to it. */
export class SlotRequest extends Event {
  static readonly type = 'ml-slot-request';
  constructor(
    readonly slotName: string,
    readonly context: Readonly<Record<string, unknown>>,
    readonly place: HTMLElement,
  ) {
    super(SlotRequest.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'ml-slot-request': SlotRequest;
  }
}
