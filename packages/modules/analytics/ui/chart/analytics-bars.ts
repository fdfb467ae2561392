import {
  type Column,
  css,
  customElement,
  html,
  MlElement,
  type PropertyValues,
  property,
  query,
  state,
} from '@macrolith/ui';
import type { Bar, Direction } from './bar.js';
import { BarChart } from './bar-chart.js';
import { coloursAt, onThemeChange } from './chart-colours.js';

/**
 * A bar chart with the same figures as a table below it. The chart is one stop of the keyboard: arrows go from bar to bar,
 * Home and End to the first and the last, Escape leaves; what stands there is said.
 */
@customElement('analytics-bars')
export class AnalyticsBars extends MlElement {
  static override styles = css`
    :host {
      display: block;
    }
    figure {
      margin: 0;
    }
    .canvas {
      position: relative;
      height: 16rem;
    }
    .rows {
      height: calc(var(--bars) * 2rem + 2.5rem);
    }
    canvas:focus-visible {
      outline: var(--ml-focus-ring);
      outline-offset: 2px;
      border-radius: var(--ml-radius-s);
    }
    .said {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    wa-details {
      --spacing: var(--ml-space-2);
      margin-block-start: var(--ml-space-3);
      font-size: var(--ml-text-s);
    }
  `;

  /** What the chart is of: `Sales by day`. Its accessible name, and the table's. */
  @property() label = '';
  /** What a bar stands for: `Day`. */
  @property({ attribute: 'name-label' }) nameLabel = '';
  /** What its length stands for: `Sales`. */
  @property({ attribute: 'value-label' }) valueLabel = '';
  @property() direction: Direction = 'columns';
  @property({ attribute: false }) bars: readonly Bar[] = [];
  /** A value as the axis shows it, short. */
  @property({ attribute: false }) tick: (value: number) => string = String;

  @state() private pointedAt: number | undefined;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  @query('.canvas') private readonly frame!: HTMLElement;
  #chart: BarChart | undefined;
  #forgetTheme: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forgetTheme = onThemeChange(() => this.#draw());
    if (this.hasUpdated) this.requestUpdate('bars');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forgetTheme?.();
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  override render() {
    const pointed = this.pointedAt === undefined ? undefined : this.bars[this.pointedAt];
    return html`
      <figure>
        <div class="canvas ${this.direction}">
          <canvas
            role="img"
            tabindex="0"
            aria-label="${this.label}: a chart. Arrow keys go from bar to bar; the table below has the same figures."
            @keydown=${this.#onKey}
            @blur=${() => this.#point(undefined)}
          ></canvas>
        </div>
        <p class="said" role="status">${pointed === undefined ? '' : `${pointed.label}: ${pointed.text}`}</p>
        <wa-details summary="${this.label} as a table" appearance="plain">
          <ml-table .columns=${this.#columns()} .rows=${this.bars} label=${this.label}></ml-table>
        </wa-details>
      </figure>
    `;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!changed.has('bars') && !changed.has('tick')) return;
    this.frame.style.setProperty('--bars', String(this.bars.length));
    this.#draw();
  }

  #columns(): readonly Column<Bar>[] {
    return [
      { label: this.nameLabel, value: ({ label }) => label, grow: true },
      { label: this.valueLabel, value: ({ text }) => text, align: 'end' },
    ];
  }

  #draw(): void {
    if (!this.isConnected || !this.hasUpdated) return;
    this.#chart ??= new BarChart(this.canvas, this.direction);
    this.#chart.draw(this.bars, { tick: this.tick, colours: coloursAt(this) });
  }

  #onKey(event: KeyboardEvent): void {
    const to = nextBar(event.key, this.pointedAt, this.bars.length);
    if (to === 'stay') return;
    event.preventDefault();
    this.#point(to);
  }

  #point(index: number | undefined): void {
    this.pointedAt = index;
    this.#chart?.point(index);
  }
}

/** Which bar a key leads to. */
function nextBar(key: string, from: number | undefined, count: number): number | undefined | 'stay' {
  if (count === 0) return 'stay';
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return from === undefined ? 0 : Math.min(from + 1, count - 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return from === undefined ? count - 1 : Math.max(from - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'Escape':
      return from === undefined ? 'stay' : undefined;
    default:
      return 'stay';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'analytics-bars': AnalyticsBars;
  }
}
