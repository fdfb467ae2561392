import { LitElement } from 'lit';
import { ElementFailed } from './element-failed.js';

/** The base of everything a module shows: an error while rendering is reported to the place that holds the element. */
export class MlElement extends LitElement {
  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      console.error(`<${this.localName}> could not render.`, error);
      this.dispatchEvent(new ElementFailed(error));
    }
  }
}
