import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';
import type { Bar, Direction } from './bar.js';
import type { ChartColours } from './chart-colours.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

export interface BarChartOptions {
  readonly direction: Direction;
  /** A value as the axis shows it, short. */
  readonly tick: (value: number) => string;
  readonly colours: ChartColours;
}

/** A name that is longer is cut at the axis; tooltip and table have all of it. */
const LONGEST_LABEL = 26;

/** Draws bars on a canvas. Nothing moves and nothing is written into the document, so that the strictest policy is kept. */
export class BarChart {
  readonly #chart: Chart<'bar', number[], string>;
  #bars: readonly Bar[] = [];
  #tick: BarChartOptions['tick'] = String;

  constructor(canvas: HTMLCanvasElement, direction: Direction) {
    const [values, names] = direction === 'columns' ? (['y', 'x'] as const) : (['x', 'y'] as const);
    this.#chart = new Chart(canvas, {
      type: 'bar',
      data: { labels: [], datasets: [{ data: [], maxBarThickness: 44, borderRadius: 4 }] },
      options: {
        indexAxis: names,
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: 'nearest', axis: names, intersect: false },
        plugins: {
          tooltip: {
            displayColors: false,
            callbacks: {
              title: ([item]) => (item === undefined ? '' : this.#bars[item.dataIndex]!.label),
              label: ({ dataIndex }) => this.#bars[dataIndex]!.text,
            },
          },
        },
        scales: {
          [values]: {
            beginAtZero: true,
            border: { display: false },
            ticks: { maxTicksLimit: 6, callback: (value: string | number) => this.#tick(Number(value)) },
          },
          [names]: {
            grid: { display: false },
            ticks: {
              autoSkip: direction === 'columns',
              maxRotation: 0,
              callback: (_: unknown, index: number) => this.#shortLabel(index),
            },
          },
        },
      },
    });
  }

  draw(bars: readonly Bar[], { tick, colours }: Omit<BarChartOptions, 'direction'>): void {
    this.#bars = bars;
    this.#tick = tick;
    const { data, options } = this.#chart;
    data.labels = bars.map(({ label }) => label);
    const [dataset] = data.datasets;
    dataset!.data = bars.map(({ value }) => value);
    dataset!.backgroundColor = colours.bar;
    dataset!.hoverBackgroundColor = colours.highlight;
    const tooltip = options.plugins!.tooltip!;
    Object.assign(tooltip, { backgroundColor: colours.text, titleColor: colours.surface, bodyColor: colours.surface });
    for (const scale of Object.values(options.scales!)) {
      Object.assign(scale!.ticks!, { color: colours.quietText, font: { family: colours.font, size: 12 } });
      if (scale!.grid?.display !== false) scale!.grid = { color: colours.line };
    }
    this.#chart.update();
  }

  /** Shows the tooltip of one bar, as if it were pointed at; of none without an index. */
  point(index: number | undefined): void {
    const active = index === undefined ? [] : [{ datasetIndex: 0, index }];
    this.#chart.setActiveElements(active);
    this.#chart.tooltip?.setActiveElements(active, { x: 0, y: 0 });
    this.#chart.update();
  }

  destroy(): void {
    this.#chart.destroy();
  }

  #shortLabel(index: number): string {
    const label = this.#bars[index]?.label ?? '';
    return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
  }
}
