import { nearestLocale } from './locale.js';
import type { Template, TemplateData } from './template.js';

/** A message, ready to be sent. */
export interface Rendering {
  readonly locale: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A place in a template that the data does not fill. */
export class MissingData extends Error {
  override readonly name = 'MissingData';
  constructor(
    readonly template: string,
    readonly place: string,
  ) {
    super(`The template '${template}' has a place for '${place}', and the data has none. Send it with the data.`);
  }
}

/** Fills a template: plain text as it is, and HTML in which nothing of the data can become markup. */
export function render(template: Template, data: TemplateData, wantedLocale?: string): Rendering {
  const locale = nearestLocale(wantedLocale, Object.keys(template.wordings));
  const { subject, body } = template.wordings[locale]!;
  const text = fill(template.name, body, data);
  return { locale, subject: oneLine(fill(template.name, subject, data)), text, html: toHtml(text, locale) };
}

const PLACE = /\{([a-zA-Z]+)\}/g;

function fill(template: string, words: string, data: TemplateData): string {
  return words.replace(PLACE, (_, place: string) => {
    if (!Object.hasOwn(data, place)) throw new MissingData(template, place);
    return data[place]!;
  });
}

/** A subject is a header: a line break in it would begin another. */
function oneLine(subject: string): string {
  return subject.replaceAll(/\p{Cc}+/gu, ' ').trim();
}

function toHtml(text: string, locale: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
  return `<!doctype html>\n<html lang="${locale}">\n<body>\n${paragraphs}\n</body>\n</html>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}
