import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Tone } from './ml-status.js';

export interface Toast {
  readonly message: string;
  readonly tone?: Exclude<Tone, 'brand'>;
  /** A link to what was made: `{ label: 'Open', href: '/orders/42' }`. */
  readonly action?: { readonly label: string; readonly href: string };
}

const VISIBLE_MS = 6_000;
const ICONS = { neutral: 'info', success: 'circle-check', warning: 'triangle-alert', danger: 'circle-alert' } as const;

/** Says briefly that something happened. Errors that need an answer belong beside what caused them instead. */
export function toast(message: Toast): void {
  stack().show(message);
}

function stack(): MlToasts {
  const existing = document.querySelector('ml-toasts');
  if (existing !== null) return existing;
  const made = document.createElement('ml-toasts');
  document.body.append(made);
  return made;
}

/** The stack of toasts at the edge of the window. It pauses while the pointer or the focus is in it. */
@customElement('ml-toasts')
export class MlToasts extends LitElement {
  static override styles = css`
    :host {
      position: fixed;
      inset-block-end: var(--ml-space-5);
      inset-inline: var(--ml-space-5);
      z-index: 1000;
      display: grid;
      justify-items: end;
      gap: var(--ml-space-2);
      pointer-events: none;
    }
    .toast {
      pointer-events: auto;
      display: flex;
      align-items: center;
      gap: var(--ml-space-3);
      max-width: min(26rem, 100%);
      padding: var(--ml-space-3) var(--ml-space-3) var(--ml-space-3) var(--ml-space-4);
      border: 1px solid var(--ml-color-border);
      border-radius: var(--ml-radius-l);
      background: var(--ml-color-raised);
      box-shadow: var(--ml-shadow-l);
      animation: rise 180ms ease-out;
    }
    .success > wa-icon {
      color: var(--ml-color-success);
    }
    .warning > wa-icon {
      color: var(--ml-color-warning);
    }
    .danger > wa-icon {
      color: var(--ml-color-danger);
    }
    a {
      color: var(--ml-color-link);
      font-weight: 500;
    }
    button {
      display: grid;
      place-items: center;
      width: 1.75rem;
      height: 1.75rem;
      padding: 0;
      border: 0;
      border-radius: var(--ml-radius-m);
      color: var(--ml-color-text-quiet);
      background: none;
      cursor: pointer;
    }
    button:hover {
      background: var(--ml-color-hover);
    }
    :is(a, button):focus-visible {
      outline: var(--ml-focus-ring);
    }
    @keyframes rise {
      from {
        opacity: 0;
        translate: 0 0.5rem;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .toast {
        animation: none;
      }
    }
  `;

  @state() private toasts: readonly Toast[] = [];

  show(message: Toast): void {
    this.toasts = [...this.toasts, message];
    this.#dismissLater(message);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'status');
    this.setAttribute('aria-live', 'polite');
  }

  override render() {
    return repeat(
      this.toasts,
      (message) => message,
      (message) => this.#one(message),
    );
  }

  #one(message: Toast) {
    const tone = message.tone ?? 'neutral';
    const { action } = message;
    return html`
      <div class="toast ${tone}">
        <wa-icon name=${ICONS[tone]}></wa-icon>
        <span>${message.message}</span>
        ${action === undefined ? nothing : this.#link(action, message)}
        <button type="button" aria-label="Dismiss" @click=${() => this.#dismiss(message)}>
          <wa-icon name="x"></wa-icon>
        </button>
      </div>
    `;
  }

  /** Whoever follows it is at what was made, and needs no word of it in front of that page. */
  #link({ href, label }: NonNullable<Toast['action']>, message: Toast) {
    return html`<a href=${href} @click=${() => this.#dismiss(message)}>${label}</a>`;
  }

  #dismissLater(message: Toast): void {
    setTimeout(() => {
      if (this.matches(':hover, :focus-within')) this.#dismissLater(message);
      else this.#dismiss(message);
    }, VISIBLE_MS);
  }

  #dismiss(message: Toast): void {
    this.toasts = this.toasts.filter((other) => other !== message);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ml-toasts': MlToasts;
  }
}
