import { api, css, customElement, html, MlPage, nothing, pageStyles, path, Resource, toast } from '@macrolith/ui';
import { runsPage, storyPage } from './addresses.js';
import { Polling } from './polling.js';
import { askReason } from './reason-dialog.js';
import type { RunDetails, RunIntervention, RunStep } from './run-answers.js';
import { RUN_STATUS_WORDS, runStatus, stepState } from './run-status.js';
import { textBlockStyles } from './text-block.js';

type RunAction = RunIntervention['action'];

const ACTIONS = {
  retry: {
    label: 'Retry',
    message: 'It is tried again now, whatever pause it is in.',
    done: 'It is tried again.',
    tone: 'brand',
  },
  cancel: {
    label: 'Cancel',
    message: 'What it has done is taken back, in reverse. Its caller is told your reason.',
    done: 'It is being taken back.',
    tone: 'danger',
  },
} as const;

/** One run: its steps with what they were sent and have answered, why it does not go on, and what people did to it. */
@customElement('console-run-page')
export class RunPage extends MlPage {
  static override styles = [
    pageStyles,
    textBlockStyles,
    css`
      ul {
        display: grid;
        gap: var(--ml-space-4);
        margin: 0;
        padding: 0;
        list-style: none;
        overflow-wrap: anywhere;
      }
      summary {
        cursor: pointer;
        border-radius: var(--ml-radius-s);
      }
      summary:focus-visible {
        outline: var(--ml-focus-ring);
        outline-offset: 3px;
      }
      details > pre {
        margin-block-start: var(--ml-space-2);
      }
    `,
  ];

  private readonly run = new Resource(this, {
    args: () => [this.params.module ?? '', this.params.runId ?? ''] as const,
    load: async ([module, runId], { signal }) => {
      const run = await api.get<RunDetails>(path`/api/console/runs/${module}/${runId}`, { signal });
      this.pageTitle = run.workflow;
      return run;
    },
  });

  constructor() {
    super();
    new Polling(this, async () => {
      if (this.run.error === undefined) await this.run.reload();
    });
  }

  override render() {
    const isThere = this.run.value !== undefined && this.run.error === undefined;
    return html`
      ${
        isThere
          ? nothing
          : html`<ml-page-header heading="Run" back-href=${runsPage()} back-label="Workflow runs"></ml-page-header>`
      }
      ${this.run.view((run) => this.#page(run))}
    `;
  }

  #page(run: RunDetails) {
    const { workflow, module, correlationId, closedAt, canBeCancelled, steps } = run;
    return html`
      <ml-page-header heading=${workflow} back-href=${runsPage({ module })} back-label="Workflow runs">
        <span slot="status">${runStatus(run)}</span>
        ${
          correlationId === undefined
            ? nothing
            : html`<wa-button slot="actions" appearance="outlined" href=${storyPage({ correlation: correlationId })}>
                <wa-icon slot="start" name="history"></wa-icon>Its story
              </wa-button>`
        }
        ${canBeCancelled ? this.#button(run, 'cancel') : nothing} ${closedAt === undefined ? this.#button(run, 'retry') : nothing}
      </ml-page-header>
      <div class="split">
        <div class="stack">
          ${this.#failure(run)}
          <ml-card heading="Steps">
            ${steps.length === 0 ? html`<p class="quiet">None has begun.</p>` : html`<ul>${steps.map(stepItem)}</ul>`}
          </ml-card>
          <ml-card heading="Asked for">${textBlock('Asked for', run.input)}</ml-card>
          ${run.outcome === undefined ? nothing : html`<ml-card heading="Answered">${textBlock('Answered', run.outcome)}</ml-card>`}
        </div>
        <div class="stack">
          <ml-card heading="Details"><ml-facts .facts=${factsOf(run)}></ml-facts></ml-card>
          ${this.#interventions(run)}
        </div>
      </div>
    `;
  }

  #button(run: RunDetails, action: RunAction) {
    const { label, tone } = ACTIONS[action];
    return html`<wa-button
      slot="actions"
      appearance="outlined"
      variant=${tone === 'danger' ? 'danger' : 'neutral'}
      @click=${() => void this.#act(run, action)}
    >
      ${label}
    </wa-button>`;
  }

  async #act({ module, runId, workflow }: RunDetails, action: RunAction): Promise<void> {
    const { label, message, tone, done } = ACTIONS[action];
    const isDone = await askReason({
      heading: `${label} this run of ${workflow}?`,
      message,
      confirmLabel: label,
      tone,
      run: (reason) => api.post(path`/api/console/runs/${module}/${runId}/interventions`, { action, ...reason }),
    });
    if (!isDone) return;
    toast({ message: done, tone: 'success' });
    await this.run.reload();
  }

  #failure({ failure, error, closedAt }: RunDetails) {
    if (failure !== undefined && closedAt === undefined) {
      return html`<ml-card heading="Why it does not go on">${textBlock('Why it does not go on', failure)}</ml-card>`;
    }
    return error === undefined
      ? nothing
      : html`<ml-card heading="Refused with">${textBlock('Refused with', error)}</ml-card>`;
  }

  #interventions({ interventions }: RunDetails) {
    if (interventions.length === 0) return nothing;
    return html`<ml-card heading="What people did"><ul>${interventions.map(interventionItem)}</ul></ml-card>`;
  }
}

function stepItem(step: RunStep) {
  const { name, direction, attempts, notedAt, input, output, error } = step;
  const failed = attempts === 0 ? '' : `, failed ${attempts === 1 ? 'once' : `${attempts} times`}`;
  const parts = [
    ['Sent', input],
    ['Answered', output],
    ['Refused with', error],
  ].flatMap(([label, text]) => (text === undefined ? [] : [`${label}\n${text}`]));
  return html`<li>
    <details>
      <summary>
        ${stepState(step)} <span class="code">${name}</span>${direction === 'undo' ? ' taken back' : ''}
        <span class="quiet"> · <ml-time value=${notedAt} format="time"></ml-time>${failed}</span>
      </summary>
      ${textBlock(`Step ${name}`, parts.join('\n\n'))}
    </details>
  </li>`;
}

function interventionItem({ who, action, why, at }: RunIntervention) {
  return html`<li>
    <strong>${who}</strong> ${action === 'retry' ? 'had it tried again' : 'cancelled it'}: “${why}”
    <div class="quiet"><ml-time value=${at}></ml-time></div>
  </li>`;
}

function textBlock(label: string, text: string) {
  return html`<pre tabindex="0" role="region" aria-label=${label}>${text}</pre>`;
}

function factsOf({ status, runId, module, version, attempts, dueAt, createdAt, closedAt, cancelledFor }: RunDetails) {
  const moment = (value: string) => html`<ml-time value=${value}></ml-time>`;
  return [
    { label: 'State', value: RUN_STATUS_WORDS[status].meaning },
    { label: 'Module', value: module },
    { label: 'Version', value: version },
    { label: 'Begun', value: moment(createdAt) },
    ...(closedAt === undefined ? [] : [{ label: 'Ended', value: moment(closedAt) }]),
    ...(closedAt === undefined && attempts > 0
      ? [
          { label: 'Failed in a row', value: attempts },
          { label: 'Tried again', value: moment(dueAt) },
        ]
      : []),
    ...(cancelledFor === undefined ? [] : [{ label: 'Cancelled for', value: cancelledFor }]),
    { label: 'Id', value: html`<span class="code">${runId}</span>` },
  ];
}
