import { LitElement } from 'lit';

/** An element that is a piece of text: rendered without a shadow root, so that it is found, selected and copied as text is. */
export class InlineText extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.style.fontVariantNumeric = 'tabular-nums';
  }
}
