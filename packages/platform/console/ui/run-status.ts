import { html, type Tone } from '@macrolith/ui';
import type { Run, RunStatus, RunStep } from './run-answers.js';

interface StatusWords {
  readonly label: string;
  readonly tone: Tone;
  readonly meaning: string;
}

export const RUN_STATUS_WORDS: Readonly<Record<RunStatus, StatusWords>> = {
  running: { label: 'Running', tone: 'brand', meaning: 'It goes on by itself.' },
  compensating: { label: 'Being taken back', tone: 'warning', meaning: 'What it has done is taken back, in reverse.' },
  stuck: { label: 'Stuck', tone: 'danger', meaning: 'It failed too often in a row. It is tried on, but slowly.' },
  done: { label: 'Done', tone: 'success', meaning: 'All of it has been done.' },
  compensated: { label: 'Refused', tone: 'neutral', meaning: 'It was refused, and what it had done was taken back.' },
  cancelled: { label: 'Cancelled', tone: 'neutral', meaning: 'Somebody cancelled it, and it was taken back.' },
};

export function runStatus({ status, isHeld }: Run) {
  if (isHeld) {
    return html`<ml-status tone="warning" title="This process has not the version that could go on with it.">Held</ml-status>`;
  }
  const { label, tone, meaning } = RUN_STATUS_WORDS[status];
  return html`<ml-status tone=${tone} title=${meaning}>${label}</ml-status>`;
}

export function stepState({ state, direction }: RunStep) {
  const words: Readonly<Record<RunStep['state'], readonly [Tone, string]>> = {
    sent: ['warning', direction === 'do' ? 'Under way' : 'Being taken back'],
    done: direction === 'do' ? ['success', 'Done'] : ['neutral', 'Taken back'],
    refused: ['danger', 'Refused'],
  };
  const [tone, label] = words[state];
  return html`<ml-status tone=${tone}>${label}</ml-status>`;
}
