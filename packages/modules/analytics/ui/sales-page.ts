import {
  css,
  customElement,
  formatMoney,
  html,
  ifDefined,
  type MlField,
  MlPage,
  nothing,
  pageStyles,
  Resource,
} from '@macrolith/ui';
import './analytics-read-model.js';
import './chart/analytics-bars.js';
import { countryBars, countTick, dayBars, funnelBars, moneyTick, productBars } from './bars.js';
import { firstDay, PERIODS } from './period.js';
import { piecesText, type Report, readReport, totalOf } from './sales.js';

const MOST_COUNTRIES = 10;

/** What was sold, when and where. What is looked at stands in the address, so that it can be shared. */
@customElement('analytics-sales-page')
export class SalesPage extends MlPage {
  static override styles = [
    pageStyles,
    css`
      .charts {
        display: grid;
        gap: var(--ml-space-5);
        grid-template-columns: minmax(0, 1fr);
        align-items: start;
      }
      @media (min-width: 68rem) {
        .charts {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .wide {
          grid-column: 1 / -1;
        }
      }
      .toolbar {
        align-items: end;
      }
      .choice {
        min-width: 11rem;
      }
      .total {
        font-size: var(--ml-text-xl);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  private readonly report = new Resource(this, {
    args: () => [this.query.get('days'), this.query.get('country'), this.query.get('currency')] as const,
    load: ([days, country, currency], { signal }) => readReport({ from: firstDay(days), country, currency }, signal),
  });

  override render() {
    return html`
      <ml-page-header
        heading="Sales"
        description="What was sold, when and where, without what was cancelled. A day is a day in UTC."
      ></ml-page-header>
      ${this.#toolbar()}
      <div class="charts">
        ${this.report.view(
          (report) => this.#charts(report),
          () => html`<ml-card class="wide"><ml-loading lines="8"></ml-loading></ml-card>`,
        )}
        <ml-card heading="How current this is">
          <analytics-read-model @analytics-read-model-changed=${() => void this.report.reload()}></analytics-read-model>
        </ml-card>
      </div>
    `;
  }

  #toolbar() {
    const days = this.query.get('days') ?? undefined;
    const countries = this.report.value?.countries ?? [];
    const named = countries.flatMap(({ country }) => (country === undefined ? [] : [country])).sort();
    const currencies = this.report.value?.currencies ?? [];
    return html`<div class="toolbar">
      <wa-button-group label="Period">
        ${PERIODS.map(
          (period) =>
            html`<wa-button
              size="s"
              appearance=${period.days === days ? 'filled' : 'outlined'}
              aria-pressed=${period.days === days}
              @click=${() => this.setQuery({ days: period.days })}
            >
              ${period.label}
            </wa-button>`,
        )}
      </wa-button-group>
      ${this.#choice('Country', 'country', named, 'All countries')}
      ${currencies.length > 1 ? this.#choice('Currency', 'currency', currencies, undefined) : nothing}
    </div>`;
  }

  #choice(label: string, name: 'country' | 'currency', values: readonly string[], all: string | undefined) {
    const chosen = this.query.get(name) ?? '';
    const known = chosen === '' || values.includes(chosen) ? values : [...values, chosen];
    const chosenValue = chosen === '' && all === undefined ? this.report.value?.currency : chosen;
    return html`<ml-field
      class="choice"
      type="select"
      name=${name}
      label=${label}
      placeholder=${ifDefined(all)}
      .options=${known.map((value) => ({ value, label: value }))}
      .value=${chosenValue}
      @input=${(event: Event) => this.setQuery({ [name]: chosenIn(event) })}
    ></ml-field>`;
  }

  #charts(report: Report) {
    const { currency, days, products, countries, funnel } = report;
    if (currency === undefined || days.length === 0) return this.#empty();
    const tick = moneyTick(currency);
    const total = totalOf(days);
    return html`
      <ml-card class="wide" heading="Sales over time">
        <p slot="actions" class="total">${formatMoney(total.amount!)} <span class="quiet">${piecesText(total.pieces)}</span></p>
        <analytics-bars
          label="Sales over time"
          name-label="Day"
          value-label="Sales"
          .bars=${dayBars(days, firstDay(this.query.get('days')))}
          .tick=${tick}
        ></analytics-bars>
      </ml-card>
      <ml-card heading="Top products">
        <analytics-bars
          label="Top products"
          name-label="Product"
          value-label="Sales"
          direction="rows"
          .bars=${productBars(products)}
          .tick=${tick}
        ></analytics-bars>
      </ml-card>
      <ml-card heading="Countries">
        <analytics-bars
          label="Countries"
          name-label="Country"
          value-label="Sales"
          direction="rows"
          .bars=${countryBars(countries, MOST_COUNTRIES)}
          .tick=${tick}
        ></analytics-bars>
      </ml-card>
      <ml-card heading="What became of the orders">
        <analytics-bars
          label="What became of the orders"
          name-label="Step"
          value-label="Orders"
          direction="rows"
          .bars=${funnelBars(funnel)}
          .tick=${countTick}
        ></analytics-bars>
        <p class="quiet">It begins where orders do: baskets stay in the browser and tell nobody.</p>
      </ml-card>
    `;
  }

  #empty() {
    const isNarrowed = this.query.has('days') || this.query.has('country');
    return html`<ml-card class="wide">
      <ml-empty icon="chart" heading="Nothing was sold">
        ${isNarrowed ? 'Look at another period, or at all countries.' : 'What is ordered within the last 30 days shows here.'}
        ${
          isNarrowed
            ? html`<wa-button
                slot="actions"
                appearance="outlined"
                @click=${() => this.setQuery({ days: 'all', country: '', currency: '' })}
                >Show all sales</wa-button
              >`
            : html`<wa-button slot="actions" href="/catalog">Look at the catalog</wa-button>`
        }
      </ml-empty>
    </ml-card>`;
  }
}

/** Empty when the reader chose all of them. */
function chosenIn(event: Event): string {
  const reading = (event.currentTarget as MlField).read();
  return 'value' in reading && typeof reading.value === 'string' ? reading.value : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'analytics-sales-page': SalesPage;
  }
}
