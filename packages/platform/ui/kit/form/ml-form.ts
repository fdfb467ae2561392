import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { newIdempotencyKey } from '../api/api.js';
import { type ApiIssue, ApiProblem } from '../api/api-problem.js';
import { describeError } from '../feedback/describe-error.js';
import type { FieldValue } from './field-value.js';
import { nest } from './form-values.js';
import type { MlField } from './ml-field.js';

export interface Submission {
  /** The same for every attempt with the same values until one succeeds: pass it on with a command. */
  readonly idempotencyKey: string;
}

/** Carries out a form. What it throws is shown: issues beside their fields, the rest above the buttons. */
export type FormAction<V = any> = (values: V, submission: Submission) => Promise<void>;

/**
 * A form of `<ml-field>`s: reads and checks them, carries out the action once, shows what the server refused, and moves
 * the focus there.
 */
@customElement('ml-form')
export class MlForm extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    form {
      display: grid;
      gap: var(--ml-space-5);
      grid-template-columns: minmax(0, 1fr);
    }
    .refused {
      display: flex;
      gap: var(--ml-space-3);
      padding: var(--ml-space-3) var(--ml-space-4);
      border: 1px solid var(--ml-color-danger-border);
      border-radius: var(--ml-radius-m);
      background: var(--ml-color-danger-surface);
      overflow-wrap: anywhere;
    }
    .refused:focus {
      outline: none;
    }
    .refused wa-icon {
      flex: none;
      margin-block-start: 0.2rem;
      color: var(--ml-color-danger);
    }
    .refused strong {
      font-weight: 600;
    }
    p,
    ul {
      margin: 0;
    }
    ul {
      padding-inline-start: 1.2em;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--ml-space-2);
    }
  `;

  @property({ attribute: false }) action: FormAction | undefined;
  @property({ attribute: 'submit-label' }) submitLabel = 'Save';
  @property({ attribute: 'submit-tone' }) submitTone: 'brand' | 'danger' = 'brand';
  /** Shows a cancel button that leads there. */
  @property({ attribute: 'cancel-href' }) cancelHref: string | undefined;

  @state() private isRunning = false;
  @state() private refusal: unknown;
  /** Issues that belong to no field that is shown. */
  @state() private otherIssues: readonly ApiIssue[] = [];

  #attempt: { readonly values: string; readonly key: string } | undefined;

  constructor() {
    super();
    this.addEventListener('ml-field-submit', () => void this.submit());
  }

  private get fields(): MlField[] {
    return [...this.querySelectorAll('ml-field')];
  }

  /** What the button does; also by Enter in a field. A second call while the first runs does nothing. */
  async submit(): Promise<void> {
    if (this.isRunning || this.action === undefined) return;
    this.refusal = undefined;
    this.otherIssues = [];
    const values = this.#read();
    if (values === undefined) return;

    this.isRunning = true;
    try {
      await this.action(values, { idempotencyKey: this.#keyOf(values) });
      this.#attempt = undefined;
    } catch (error) {
      await this.#refuse(error);
    } finally {
      this.isRunning = false;
    }
  }

  #read(): Record<string, unknown> | undefined {
    const values: [string, FieldValue][] = [];
    for (const field of this.fields) {
      const reading = field.read();
      if ('error' in reading) field.error = reading.error;
      else {
        field.error = undefined;
        values.push([field.name, reading.value]);
      }
    }
    const invalid = this.fields.find((field) => field.error !== undefined);
    invalid?.focus();
    return invalid === undefined ? nest(values) : undefined;
  }

  #keyOf(values: Record<string, unknown>): string {
    const text = JSON.stringify(values);
    if (this.#attempt?.values !== text) this.#attempt = { values: text, key: newIdempotencyKey() };
    return this.#attempt.key;
  }

  async #refuse(error: unknown): Promise<void> {
    const issues = error instanceof ApiProblem ? error.issues : [];
    const shown = issues.filter((issue) => this.#showAtField(issue));
    this.otherIssues = issues.filter((issue) => !shown.includes(issue));
    const allShown = issues.length > 0 && this.otherIssues.length === 0;
    this.refusal = allShown ? undefined : error;
    await this.updateComplete;
    const invalid = this.fields.find((field) => field.error !== undefined);
    const target = this.refusal === undefined ? invalid : this.renderRoot.querySelector<HTMLElement>('.refused');
    target?.focus();
  }

  #showAtField(issue: ApiIssue): boolean {
    const field = this.fields.find(({ name }) => issue.path === name || issue.path.startsWith(`${name}.`));
    if (field === undefined) return false;
    field.error = issue.message;
    return true;
  }

  override render() {
    return html`
      <form novalidate @submit=${(event: Event) => event.preventDefault()}>
        <slot></slot>
        ${this.refusal === undefined ? nothing : this.#refused(this.refusal)}
        <div class="actions">
          <wa-button variant=${this.submitTone} ?loading=${this.isRunning} @click=${() => void this.submit()}>
            ${this.submitLabel}
          </wa-button>
          ${this.cancelHref === undefined ? nothing : html`<wa-button appearance="outlined" href=${this.cancelHref}>Cancel</wa-button>`}
          <slot name="actions"></slot>
        </div>
      </form>
    `;
  }

  #refused(error: unknown): TemplateResult {
    const { heading, detail } = describeError(error);
    const issues = this.otherIssues.map(
      ({ path, message }) => html`<li>${path === '' ? '' : `${path}: `}${message}</li>`,
    );
    return html`
      <div class="refused" role="alert" tabindex="-1">
        <wa-icon name="circle-alert"></wa-icon>
        <div>
          <strong>${heading}</strong>
          ${detail === '' ? nothing : html`<p>${detail}</p>`}
          ${issues.length === 0 ? nothing : html`<ul>${issues}</ul>`}
        </div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-form': MlForm;
  }
}
