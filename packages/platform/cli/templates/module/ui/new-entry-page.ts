import { api, customElement, type FormAction, html, MlPage, navigate, pageStyles, toast } from '@macrolith/ui';
import type { Entry } from './entry.js';

/** Adds an entry. */
@customElement('__name__-new-entry-page')
export class NewEntryPage extends MlPage {
  static override styles = pageStyles;

  override render() {
    return html`
      <ml-page-header heading="New entry" back-href="/__name__" back-label="__Title__"></ml-page-header>
      <ml-card class="narrow">
        <ml-form .action=${this.#add} submit-label="Add entry" cancel-href="/__name__">
          <ml-field name="name" label="Name" required focus-first maxlength="200"></ml-field>
          <ml-field
            name="entryId"
            label="Code"
            required
            maxlength="64"
            hint="Letters, digits, dots, dashes and underscores, like A-17. It cannot be changed later."
          ></ml-field>
        </ml-form>
      </ml-card>
    `;
  }

  #add: FormAction<Pick<Entry, 'entryId' | 'name'>> = async (entry, { idempotencyKey }) => {
    const { name } = await api.post<Entry>('/api/__name__/entries', entry, { idempotencyKey });
    navigate('/__name__');
    toast({ message: `${name} was added.`, tone: 'success' });
  };
}
