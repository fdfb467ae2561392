/** What fills a template's places. */
export type TemplateData = Readonly<Record<string, string>>;

/** The words of one message in one language. `{name}` is a place; a body's blank lines part its paragraphs. */
export interface Wording {
  readonly subject: string;
  readonly body: string;
}

/** A message that can be sent again and again. */
export interface Template {
  readonly name: string;
  /** By language: `en` is always there, others may be. */
  readonly wordings: Readonly<Record<string, Wording>> & { readonly en: Wording };
}
