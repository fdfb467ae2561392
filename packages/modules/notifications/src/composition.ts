import type { InputOf } from '@macrolith/contract';
import type { Notifications } from './index.js';
import { findTemplate, UnknownTemplate } from './templates/catalogue.js';
import { MissingData, render } from './templates/rendering.js';

/** The words of a message, or why there are none. */
export interface Composition {
  readonly status: 'queued' | 'failed';
  readonly reason: string | null;
  readonly locale: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Writes the message that was asked for. A template that does not exist and data that it lacks are no errors here: no
 * repetition would mend them, so the message is failed from the start and says why.
 */
export function compose({ template, data, locale }: InputOf<Notifications['send']>): Composition {
  try {
    return { status: 'queued', reason: null, ...render(findTemplate(template), data, locale) };
  } catch (error) {
    if (!(error instanceof UnknownTemplate || error instanceof MissingData)) throw error;
    return { status: 'failed', reason: error.message, locale: null, subject: '', text: '', html: '' };
  }
}
