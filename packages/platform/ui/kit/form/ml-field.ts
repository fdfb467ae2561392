import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { controlStyles } from './control-styles.js';
import { type FieldType, type FieldValue, fieldText, type Reading, readField } from './field-value.js';

export interface FieldOption {
  readonly value: string;
  readonly label: string;
}

/** Enter was pressed in a single-line field. */
const SUBMIT = 'ml-field-submit';

/**
 * A labelled field of a form, with hint and error. `name` is the path in the request, e.g. `lines.0.quantity`: an issue
 * that the server reports for this path is shown here. Emits `input` while the value changes.
 */
@customElement('ml-field')
export class MlField extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      label {
        display: block;
        margin-block-end: var(--ml-space-1);
        font-size: var(--ml-text-s);
        font-weight: 550;
      }
      .optional {
        font-weight: 400;
        color: var(--ml-color-text-quiet);
      }
      .with-unit {
        position: relative;
      }
      .unit {
        position: absolute;
        inset-block: 0;
        inset-inline-start: var(--ml-space-3);
        display: grid;
        place-items: center;
        font-size: var(--ml-text-s);
        color: var(--ml-color-text-quiet);
        pointer-events: none;
      }
      .unit + .control {
        padding-inline-start: 3.25rem;
      }
      .number {
        font-variant-numeric: tabular-nums;
      }
      select.control {
        appearance: none;
        padding-inline-end: 2.25rem;
      }
      .select {
        position: relative;
      }
      .select wa-icon {
        position: absolute;
        inset-inline-end: var(--ml-space-3);
        inset-block-start: 50%;
        translate: 0 -50%;
        color: var(--ml-color-text-quiet);
        pointer-events: none;
      }
      textarea.control {
        min-height: 6rem;
        resize: vertical;
      }
      .check {
        display: flex;
        align-items: flex-start;
        gap: var(--ml-space-2);
        margin: 0;
        font-size: inherit;
        font-weight: 450;
      }
      .check input {
        flex: none;
        width: 1.125rem;
        height: 1.125rem;
        margin: 0.2rem 0 0;
        accent-color: var(--ml-color-brand);
      }
      .check input:focus-visible {
        outline: var(--ml-focus-ring);
        outline-offset: 2px;
      }
      .note {
        margin: var(--ml-space-1) 0 0;
        font-size: var(--ml-text-s);
        color: var(--ml-color-text-quiet);
      }
      .error {
        display: flex;
        gap: var(--ml-space-1);
        align-items: baseline;
        color: var(--ml-color-danger);
        font-weight: 500;
      }
      .error wa-icon {
        flex: none;
        translate: 0 0.1em;
      }
    `,
  ];

  @property() name = '';
  @property() label = '';
  @property() type: FieldType = 'text';
  @property() hint: string | undefined;
  @property() placeholder: string | undefined;
  /** The initial value, in the form the API uses: text, number, boolean or `Money`. */
  @property({ attribute: false }) value: FieldValue;
  @property({ type: Boolean }) required = false;
  @property({ type: Boolean }) disabled = false;
  /** ISO 4217, for `type="money"`. */
  @property() currency = 'GBP';
  @property({ type: Number }) min: number | undefined;
  @property({ type: Number }) max: number | undefined;
  @property({ type: Number }) maxlength: number | undefined;
  @property() autocomplete: AutoFill | undefined;
  /** For `type="select"`. */
  @property({ attribute: false }) options: readonly FieldOption[] = [];
  /** What is wrong with the value. Cleared when the value changes. */
  @property() error: string | undefined;
  /** Focused when the page appears. */
  @property({ type: Boolean, attribute: 'focus-first' }) focusFirst = false;

  @state() private text = '';
  @state() private checked = false;
  @query('.control, input') private readonly control!: HTMLElement | null;

  /** The value as the API takes it, or what is wrong with it. */
  read(): Reading {
    if (this.type === 'checkbox') return { value: this.checked };
    return readField(this.text, this);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('value')) return;
    this.text = fieldText(this.value);
    this.checked = this.value === true;
  }

  protected override firstUpdated(): void {
    if (this.focusFirst) requestAnimationFrame(() => this.control?.focus());
  }

  override render() {
    return html`${this.type === 'checkbox' ? this.#checkbox() : this.#labelled()}${this.#note()}`;
  }

  #labelled(): TemplateResult {
    const optional = this.required ? nothing : html`<span class="optional"> (optional)</span>`;
    return html`<label for="control">${this.label}${optional}</label>${this.#control()}`;
  }

  #control(): TemplateResult {
    if (this.type === 'select') return this.#select();
    if (this.type === 'textarea') return this.#textarea();
    if (this.type !== 'money') return this.#input();
    return html`<div class="with-unit"><span class="unit" aria-hidden="true">${this.currency}</span>${this.#input()}</div>`;
  }

  #input(): TemplateResult {
    const isAmount = this.type === 'money' || this.type === 'number';
    const isNumber = isAmount || this.type === 'integer';
    return html`<input
      id="control"
      class="control ${isNumber ? 'number' : ''}"
      type=${this.type === 'email' || this.type === 'search' ? this.type : 'text'}
      inputmode=${ifDefined(isAmount ? 'decimal' : isNumber ? 'numeric' : undefined)}
      .value=${this.text}
      placeholder=${ifDefined(this.placeholder)}
      maxlength=${ifDefined(this.maxlength)}
      autocomplete=${this.autocomplete ?? 'off'}
      aria-required=${this.required}
      aria-invalid=${this.error !== undefined}
      aria-describedby="note"
      ?disabled=${this.disabled}
      @input=${this.#changed}
      @keydown=${this.#submitOnEnter}
    />`;
  }

  #textarea(): TemplateResult {
    return html`<textarea
      id="control"
      class="control"
      rows="4"
      .value=${this.text}
      placeholder=${ifDefined(this.placeholder)}
      maxlength=${ifDefined(this.maxlength)}
      aria-required=${this.required}
      aria-invalid=${this.error !== undefined}
      aria-describedby="note"
      ?disabled=${this.disabled}
      @input=${this.#changed}
    ></textarea>`;
  }

  #select(): TemplateResult {
    const options = this.options.map(
      ({ value, label }) => html`<option value=${value} ?selected=${value === this.text}>${label}</option>`,
    );
    return html`<div class="select"><select
      id="control"
      class="control"
      .value=${this.text}
      aria-required=${this.required}
      aria-invalid=${this.error !== undefined}
      aria-describedby="note"
      ?disabled=${this.disabled}
      @change=${this.#changed}
    >
      <option value="" ?selected=${this.text === ''}>${this.placeholder ?? 'Choose…'}</option>
      ${options}
    </select><wa-icon name="chevron-down"></wa-icon></div>`;
  }

  #checkbox(): TemplateResult {
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${this.checked}
        aria-invalid=${this.error !== undefined}
        aria-describedby="note"
        ?disabled=${this.disabled}
        @change=${this.#changed}
      />
      <span>${this.label}</span>
    </label>`;
  }

  #note(): TemplateResult {
    if (this.error !== undefined) {
      return html`<p id="note" class="note error"><wa-icon name="circle-alert"></wa-icon>${this.error}</p>`;
    }
    return html`<p id="note" class="note" ?hidden=${this.hint === undefined}>${this.hint}</p>`;
  }

  #changed(event: Event): void {
    const control = event.target as HTMLInputElement;
    if (this.type === 'checkbox') this.checked = control.checked;
    else this.text = control.value;
    this.error = undefined;
    if (event.type === 'change') this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  }

  #submitOnEnter(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    this.dispatchEvent(new Event(SUBMIT, { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-field': MlField;
  }
}
